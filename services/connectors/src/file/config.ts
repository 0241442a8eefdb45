/** The kind `file`, without its driver. */

import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { fileStreamSchema } from '../files/stream-source.ts'
import type { ConnectorKind } from '../kinds.ts'

export const settingsSchema = z.object({
  folder: z
    .string()
    .trim()
    .refine((folder) => isAbsolute(folder) && !folder.split('/').includes('..'), 'An absolute path, such as /data/in.')
    .meta({ title: 'Folder', description: 'As the worker sees it. Streams read files in it and below it.', examples: ['/data/in'] }),
})

export const fileKind: ConnectorKind = {
  kind: 'file',
  label: 'Files',
  description: 'CSV, JSONL and Parquet files in a folder that the worker can see.',
  verified: true,
  settings: settingsSchema,
  credentials: z.object({}),
  capabilities: { sql: false, incremental: 'FILES', chunks: true, parallel: false, controlTotals: false },
  streamSource: fileStreamSchema,
  address: (settings) => `file://${settingsSchema.parse(settings).folder}`,
  sourceHost: () => null,
  targetOf: (settings) => settingsSchema.parse(settings),
}
