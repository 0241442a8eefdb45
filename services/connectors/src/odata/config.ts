/** The kind `odata`, without its driver. */

import { z } from 'zod'
import type { ConnectorKind } from '../kinds.ts'

const authenticationKinds = ['basic', 'bearer', 'oauth2-client-credentials', 'none'] as const

const authenticationSchema = z
  .object({
    kind: z.enum(authenticationKinds).default('basic').meta({ title: 'Authentication' }),
    user: z
      .string()
      .min(1)
      .optional()
      .meta({ title: 'User', description: 'For basic.', examples: ['AIIA_READ'] }),
    tokenUrl: z
      .url({ protocol: /^https?$/, error: 'An http or https address.' })
      .optional()
      .meta({ title: 'Token address', description: 'For oauth2-client-credentials: where tokens are issued.' }),
    clientId: z.string().min(1).optional().meta({ title: 'Client', description: 'For oauth2-client-credentials.' }),
    scope: z.string().min(1).optional().meta({ title: 'Scope', description: 'For oauth2-client-credentials, where one is needed.' }),
  })
  .superRefine(({ kind, user, tokenUrl, clientId }, { addIssue }) => {
    const demand = (path: string, given: unknown, message: string): void => {
      if (given === undefined) addIssue({ code: 'custom', path: [path], message })
    }
    if (kind === 'basic') demand('user', user, 'The user to sign in as.')
    if (kind !== 'oauth2-client-credentials') return
    demand('tokenUrl', tokenUrl, 'The address that issues tokens.')
    demand('clientId', clientId, 'The client to sign in as.')
  })

export const settingsSchema = z.object({
  serviceUrl: z
    .url({ protocol: /^https?$/, error: 'The http or https address of the service.' })
    .refine((text) => !/[?#@]/.test(text), 'Without a user, a query or a fragment: sign-in and SAP client have settings of their own.')
    .meta({
      title: 'Service address',
      description: 'The root of the service, where its $metadata is.',
      examples: ['https://s4.example.com/sap/opu/odata/sap/API_BUSINESS_PARTNER'],
    }),
  version: z
    .enum(['auto', 'v2', 'v4'])
    .default('auto')
    .meta({ title: 'OData version', description: 'auto: as the service’s $metadata tells.' }),
  authentication: authenticationSchema.meta({ title: 'Authentication' }),
  sapClient: z
    .string()
    .regex(/^\d{3}$/, 'Three digits.')
    .optional()
    .meta({ title: 'SAP client', description: 'Sent as sap-client.', examples: ['100'] }),
  language: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'Two letters.')
    .optional()
    .meta({ title: 'Language', description: 'Of texts, sent as sap-language.', examples: ['EN'] }),
  pageSize: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(5_000)
    .meta({ title: 'Rows of a page', description: 'How many the service is asked for at a time; it may answer with fewer.' }),
  rewriteLinks: z.boolean().default(false).meta({
    title: 'Rewrite links',
    description: 'Follow links to the next page at the service’s own host where they name another, as services behind a proxy do.',
  }),
  ca: z
    .string()
    .optional()
    .meta({ title: 'Certificate authority', description: 'PEM text that is trusted instead of the system’s authorities.' }),
})

export type ODataSettings = z.output<typeof settingsSchema>

export const credentialsSchema = z.object({
  password: z.string().optional().meta({ title: 'Password', description: 'For basic.', format: 'password', writeOnly: true }),
  token: z.string().optional().meta({ title: 'Token', description: 'For bearer.', format: 'password', writeOnly: true }),
  clientSecret: z
    .string()
    .optional()
    .meta({ title: 'Client secret', description: 'For oauth2-client-credentials.', format: 'password', writeOnly: true }),
})

export const streamSourceSchema = z.strictObject(
  {
    entitySet: z
      .string()
      .trim()
      .min(1)
      .meta({ title: 'Entity set', examples: ['A_BusinessPartner'] }),
    filter: z
      .string()
      .regex(/\S/)
      .optional()
      .meta({ title: 'Filter', description: 'The text of a $filter.', examples: ["CompanyCode eq '1000'"] }),
  },
  { error: 'An entity set: {"entitySet": "A_BusinessPartner", "filter": "CompanyCode eq \'1000\'"}.' },
)

export type ODataStreamSource = z.output<typeof streamSourceSchema>

export const odataKind: ConnectorKind = {
  kind: 'odata',
  label: 'OData',
  description: 'Entity sets of an OData service, v2 or v4, as SAP Gateway and S/4HANA offer them.',
  verified: true,
  settings: settingsSchema,
  credentials: credentialsSchema,
  capabilities: { sql: false, incremental: 'CURSOR', chunks: false, parallel: false, controlTotals: false },
  streamSource: streamSourceSchema,
  address: (settings) => settingsSchema.parse(settings).serviceUrl,
  sourceHost: (settings) => {
    const { hostname, port, protocol } = new URL(settingsSchema.parse(settings).serviceUrl)
    return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`
  },
  targetOf: (settings) => {
    const { serviceUrl, authentication } = settingsSchema.parse(settings)
    return { serviceUrl, authentication }
  },
}
