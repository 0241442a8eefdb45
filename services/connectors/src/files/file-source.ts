/** Reads streams out of files, wherever these come from: the part that all kinds of files have in common. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ConnectionReport, CopyChunk, ExtractRequest, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import { toFileError } from './content/bad-file.ts'
import { boundOfBytes, filesWithin } from './file-ranges.ts'
import type { FileStore, StoredFile } from './file-store.ts'
import type { FileRequest } from './format-reader.ts'
import { openAhead } from './open-ahead.ts'
import { openStream } from './open-stream.ts'
import { isNew, stateAfter } from './read-files.ts'
import { fileStreamSchema } from './stream-source.ts'

export { discoverFiles } from './discover-files.ts'

export type FileSourceOptions = {
  /** Where the files are, as people are told: `the folder /data/in`, `the bucket finance`. */
  where: string
}

/** What a row takes of its file, until some were read. */
const usualRowBytes = 100

type OpenedStream = Awaited<ReturnType<typeof openStream>>

/** A session over any store; closing it closes the store. */
export const createFileSource = (access: SourceAccess, plainStore: FileStore, { where }: FileSourceOptions): Source => {
  const store = openAhead(plainStore)
  const opened = new Map<string, OpenedStream & { /** What was read of its files so far. */ volume: { rows: number; bytes: number } }>()
  const streamOf = ({ name }: StreamConfiguration) => {
    const stream = opened.get(name)
    if (stream === undefined) throw new Error(`Stream "${name}" was not described.`)
    return stream
  }
  const readFile = async function* (stream: OpenedStream, file: StoredFile, request: FileRequest): AsyncGenerator<CopyChunk, void, void> {
    try {
      for await (const chunk of stream.read(file, request)) {
        yield chunk
        access.signal.throwIfAborted()
      }
    } catch (error) {
      throw toFileError(error, file.path)
    }
  }
  return {
    keepsState: true,
    describe: async ({ name, source }): Promise<StreamShape> => {
      const stream = await openStream(access, store, { name, source: fileStreamSchema.parse(source), where })
      opened.set(name, { ...stream, volume: { rows: 0, bytes: 0 } })
      return { columns: stream.columns, primaryKey: [], hasRanges: stream.files.length > 1, expectedRows: stream.expectedRows }
    },
    extract: async function* (configuration: StreamConfiguration, _shape, { columns, rows, state, range }: ExtractRequest) {
      const stream = streamOf(configuration)
      if (rows === null) throw new Error(`Stream "${configuration.name}" is read as text.`)
      const wanted = filesWithin(stream.files, range)
      const files = wanted.filter(isNew(state))
      store.plan(files)
      try {
        for (const file of files) {
          for await (const chunk of readFile(stream, file, { columns, rows })) {
            stream.volume.rows += chunk.rows
            yield chunk
          }
          stream.volume.bytes += file.size
        }
      } finally {
        store.forget()
      }
      if (range === null || range.upTo === null) stream.finish?.()
      const end = rows.end()
      stream.volume.rows += end.rows
      yield { ...end, state: stateAfter(state, stream.files, wanted) } satisfies CopyChunk
    },
    boundAfter: async (configuration, _shape, { after, rows, state }) => {
      const { files, volume } = streamOf(configuration)
      const rowBytes = volume.rows === 0 ? usualRowBytes : volume.bytes / volume.rows
      return boundOfBytes(files.filter(isNew(state)), { after, bytes: rows * rowBytes })
    },
    close: () => store.close(),
  }
}

/** So many are counted. */
const mostCounted = 10_000

/**
 * Looks whether files can be listed, and counts them. The caller closes the store.
 *
 * @param serverVersion what the report says of the server
 */
export const testFileStore = async (
  access: SourceAccess,
  store: FileStore,
  { where, serverVersion }: FileSourceOptions & { serverVersion: string },
): Promise<ConnectionReport> => {
  const started = performance.now()
  let [count, bytes] = [0, 0]
  for await (const { size } of store.list('')) {
    access.signal.throwIfAborted()
    count += 1
    bytes += size
    if (count >= mostCounted) break
  }
  const files = `${count.toLocaleString('en')} file${count === 1 ? '' : 's'}${count >= mostCounted ? ' or more' : ''} of ${sizeOf(bytes)}`
  return {
    latencyMs: Math.round(performance.now() - started),
    serverVersion: `${serverVersion}, ${files} in it`,
    warnings: count === 0 ? [`There are no files in ${where}.`] : [],
  }
}

const sizeOf = (bytes: number): string => {
  const [unit, divisor] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9]
  return `${(bytes / divisor).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`
}
