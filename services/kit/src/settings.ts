/** Settings come from the environment, are parsed once at start, and are told all faults at once. */

import { z } from 'zod'

/** One line a fault, each naming the setting and what would be right. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.lines = lines
  }
}

/**
 * An empty text counts as unset, as it does in a compose file.
 *
 * @throws SettingsError that names every wrong setting; the value itself is never shown, since it may be a secret
 */
export const parseSettings = <S extends z.ZodType>(schema: S, env: Readonly<Record<string, string | undefined>>): z.output<S> => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw new SettingsError(result.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`))
}

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address such as ${example}`,
  })

const wholeNumber = (from: number, to: number) => {
  const message = `must be a whole number from ${from} to ${to}`
  return z
    .string()
    .regex(/^\d+$/, { message })
    .transform(Number)
    .refine((value) => value >= from && value <= to, { message })
}

const secretKey = z.string().transform((text, context) => {
  const key = Buffer.from(text, 'base64')
  if (key.length === 32) return key
  context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64; make one with: openssl rand -base64 32' })
  return z.NEVER
})

/** `10.0.0.0/8, 192.168.1.5` → its parts. Whether each is a network is checked where they are used. */
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

const postgresUrl = url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/database')

/** @returns the address that people type, for links */
export const publicUrlOf = ({ PUBLIC_URL, PORT }: { PUBLIC_URL?: string | undefined; PORT: number }): string =>
  PUBLIC_URL ?? `http://localhost:${PORT}`

/** The pieces that services build their schemas from. */
export const settings = {
  wholeNumber,
  list,
  secretKey,
  port: wholeNumber(1, 65_535),
  databaseUrl: postgresUrl,
  destinationUrl: postgresUrl,
  smtpUrl: url(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com:465'),
  redisUrl: url(['redis:', 'rediss:'], 'redis://host:6379'),
  httpUrl: url(['http:', 'https:'], 'http://127.0.0.1:3001'),
  /** A name that needs no quoting in SQL, with room for the suffix of its staging schema. */
  schemaName: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,39}$/, { message: 'must be a plain schema name of at most 40 small letters, digits and underscores' }),
  flag: z.enum(['0', '1'], { message: 'must be 0 or 1' }).transform((value) => value === '1'),
} as const
