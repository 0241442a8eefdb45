/** Writes the schema where the console and the command line read it. */

import { writeFileSync } from 'node:fs'
import { printedSchema, schemaFile } from './schema/printed-schema.ts'

writeFileSync(schemaFile, printedSchema())
