/** The kind `http`, without its driver. */

import { z } from 'zod'
import type { ConnectorKind } from '../kinds.ts'
import { streamSourceSchema } from './stream-source.ts'

const authenticationKinds = ['none', 'basic', 'bearer', 'api-key', 'oauth2-client-credentials'] as const

const authenticationSchema = z
  .strictObject({
    kind: z
      .enum(authenticationKinds)
      .default('none')
      .meta({ title: 'Authentication', description: 'Its password, token, key or client secret is among the credentials.' }),
    user: z.string().min(1).optional().meta({ title: 'User', description: 'For basic.' }),
    keyName: z
      .string()
      .regex(/^[\w.$[\]-]+$/, 'The name of a header or a query parameter.')
      .optional()
      .meta({ title: 'Name of the key', description: 'For api-key: the header or parameter that carries it.', examples: ['X-Api-Key'] }),
    keyIn: z.enum(['header', 'query']).default('header').meta({ title: 'Place of the key', description: 'For api-key.' }),
    tokenUrl: z
      .url({ protocol: /^https?$/, error: 'An http or https address.' })
      .optional()
      .meta({ title: 'Token address', description: 'For oauth2-client-credentials: where tokens are issued.' }),
    clientId: z.string().min(1).optional().meta({ title: 'Client', description: 'For oauth2-client-credentials.' }),
    scope: z.string().min(1).optional().meta({ title: 'Scope', description: 'For oauth2-client-credentials, where one is needed.' }),
  })
  .superRefine(({ kind, user, keyName, tokenUrl, clientId }, { addIssue }) => {
    const demand = (path: string, given: unknown, message: string): void => {
      if (given === undefined) addIssue({ code: 'custom', path: [path], message })
    }
    if (kind === 'basic') demand('user', user, 'The user to sign in as.')
    if (kind === 'api-key') demand('keyName', keyName, 'The header or parameter that carries the key.')
    if (kind !== 'oauth2-client-credentials') return
    demand('tokenUrl', tokenUrl, 'The address that issues tokens.')
    demand('clientId', clientId, 'The client to sign in as.')
  })

const headerLine = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e]*?)[ \t]*$/
/** Those that carry secrets, which have a field of their own, and those of the connection. */
const takenHeaders =
  /^(authorization|proxy-.*|cookie|x-api-key|api-key|apikey|x-auth-token|host|connection|content-length|transfer-encoding|accept-encoding|te|upgrade|expect)$/i

/** `X-Tenant: 42`, one a line. */
export const headersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    linesOf(text).map((line) => {
      const [, name = '', value = ''] = headerLine.exec(line) ?? []
      return [name.toLowerCase(), value]
    }),
  )

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const addressSchema = z
  .url({ protocol: /^https?$/, error: 'An address that begins with https:// or http://.' })
  .refine((text) => !/[?#@]/.test(text), 'Without a user, a query or a fragment: sign-in and parameters have places of their own.')

export const settingsSchema = z.object({
  baseUrl: addressSchema.meta({
    title: 'Base address',
    description: 'What the paths of the streams are below.',
    examples: ['https://api.example.com/v1'],
  }),
  authentication: authenticationSchema.prefault({}).meta({ title: 'Authentication' }),
  headers: z
    .string()
    .max(8_000)
    .refine((text) => linesOf(text).every((line) => headerLine.test(line)), 'One header a line, such as X-Tenant: 42.')
    .refine(
      (text) => !Object.keys(headersOf(text)).some((name) => takenHeaders.test(name)),
      'Not the headers of the connection itself, nor those of a sign-in: use the authentication and its credentials.',
    )
    .optional()
    .meta({
      title: 'Headers',
      description: 'Sent with every request, one a line. No secrets: anyone who may see the connector sees them.',
    }),
  testPath: z
    .string()
    .trim()
    .min(1)
    .optional()
    .meta({
      title: 'Path of the test',
      description: 'What a Connection Test asks for. Left out: the base address.',
      examples: ['/status'],
    }),
  ca: z
    .string()
    .optional()
    .meta({ title: 'Certificate authority', description: 'PEM text that is trusted instead of the system’s authorities.' }),
})

export type HttpSettings = z.output<typeof settingsSchema>

/** What a header can carry. */
const secret = z
  .string()
  .trim()
  .regex(/^[\x20-\x7e]*$/, 'Letters, digits and signs of ASCII, on one line.')
  .optional()

export const credentialsSchema = z.object({
  password: z.string().optional().meta({ title: 'Password', description: 'For basic.', format: 'password', writeOnly: true }),
  token: secret.meta({ title: 'Token', description: 'For bearer.', format: 'password', writeOnly: true }),
  apiKey: secret.meta({ title: 'API key', description: 'For api-key.', format: 'password', writeOnly: true }),
  clientSecret: z
    .string()
    .trim()
    .optional()
    .meta({ title: 'Client secret', description: 'For oauth2-client-credentials.', format: 'password', writeOnly: true }),
})

export const httpKind: ConnectorKind = {
  kind: 'http',
  label: 'JSON REST',
  description:
    'Records of an API that answers GET requests with JSON, page by page. It has no catalogue to discover: streams are named by their paths.',
  verified: true,
  capabilities: { sql: false, incremental: 'CURSOR', chunks: false, parallel: false, controlTotals: false },
  settings: settingsSchema,
  credentials: credentialsSchema,
  streamSource: streamSourceSchema,
  address: (settings) => settingsSchema.parse(settings).baseUrl,
  sourceHost: (settings) => {
    const { hostname, port, protocol } = new URL(settingsSchema.parse(settings).baseUrl)
    return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`
  },
  targetOf: (settings) => {
    const { baseUrl, authentication, ca } = settingsSchema.parse(settings)
    return { baseUrl, authentication, ca }
  },
}
