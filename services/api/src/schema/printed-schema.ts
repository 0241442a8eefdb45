/** The schema as text: the contract that the console and the command line are built on. */

import { fileURLToPath } from 'node:url'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './schema.ts'

export const schemaFile = fileURLToPath(new URL('../../schema.graphql', import.meta.url))

export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`
