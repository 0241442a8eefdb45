/** The readers that are fuzzed, by their names; each is loaded where it is wanted. */

import type { FuzzReader } from '../reader.ts'

export const readers: Readonly<Record<string, () => Promise<FuzzReader>>> = {
  csv: async () => (await import('./csv.ts')).csvReader,
  jsonl: async () => (await import('./jsonl.ts')).jsonlReader,
  parquet: async () => (await import('./parquet.ts')).parquetReader,
  odata: async () => (await import('./odata.ts')).odataReader,
  http: async () => (await import('./http.ts')).httpReader,
  encoders: async () => (await import('./encoders.ts')).encoderReader,
}
