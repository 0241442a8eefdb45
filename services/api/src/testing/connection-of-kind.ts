/** What a connector of a kind could be given, made from its schemas and their examples. */

import type { ConnectorKind } from '@aiia/connectors/kinds'
import { z } from 'zod'

type JsonSchema = {
  type?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  anyOf?: JsonSchema[]
  enum?: unknown[]
  examples?: unknown[]
  default?: unknown
  writeOnly?: boolean
}

/** @param secret goes wherever a credential can go */
export const connectionOfKind = ({ settings, credentials, streamSource }: ConnectorKind, secret: string) => ({
  settings: sampleOf(jsonSchema(settings), secret),
  credentials: sampleOf(jsonSchema(credentials), secret),
  source: sampleOf(jsonSchema(streamSource), secret),
})

const jsonSchema = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema

const sampleOf = (schema: JsonSchema, secret: string): unknown => {
  if (schema.writeOnly) return secret
  const given = [...(schema.examples ?? []), ...(schema.enum ?? [])]
  if (schema.default !== undefined && schema.examples === undefined) return schema.default
  if (given.length > 0) return given[0]
  if (schema.anyOf?.[0]) return sampleOf(schema.anyOf[0], secret)
  if (schema.type !== 'object') return schema.type === 'string' ? 'x' : 1
  const wanted = Object.entries(schema.properties ?? {}).filter(
    ([name, { writeOnly, examples }]) => schema.required?.includes(name) || writeOnly || examples !== undefined,
  )
  return Object.fromEntries(wanted.map(([name, property]) => [name, sampleOf(property, secret)]))
}
