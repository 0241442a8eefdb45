/** Finds the files of a stream and what reads them. */

import type { SourceAccess } from '@aiia/core/sync/source'
import { openCsv } from './csv/csv-format.ts'
import type { FileStore, StoredFile } from './file-store.ts'
import type { FormatReader, StreamFiles } from './format-reader.ts'
import { openJsonl } from './jsonl/jsonl-format.ts'
import { formatOf, matchingFiles } from './matching-files.ts'
import { openParquet } from './parquet/parquet-format.ts'
import type { FileFormat, FileStream } from './stream-source.ts'

const formats: Readonly<Record<FileFormat, (stream: StreamFiles) => Promise<FormatReader>>> = {
  csv: openCsv,
  jsonl: openJsonl,
  parquet: openParquet,
}

/** Looks for the files of a stream, and at the first of them. */
export const openStream = async (
  access: SourceAccess,
  store: FileStore,
  { name, source, where }: { name: string; source: FileStream; where: string },
): Promise<FormatReader & { files: readonly StoredFile[] }> => {
  const files = await matchingFiles(store, source.path, where)
  const reader = await formats[formatOf(source, files)]({ access, store, name, source, files })
  return { ...reader, files }
}
