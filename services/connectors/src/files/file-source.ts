/** Reads streams out of files, wherever these come from: the part that all kinds of files have in common. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ConnectionReport, CopyChunk, ExtractRequest, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import { z } from 'zod'
import { toFileError } from './content/bad-file.ts'
import type { FileStore } from './file-store.ts'
import { openStream } from './open-stream.ts'
import { fileStreamSchema } from './stream-source.ts'

export { discoverFiles } from './discover-files.ts'

export type FileSourceOptions = {
  /** Where the files are, as people are told: `the folder /data/in`, `the bucket finance`. */
  where: string
}

/** What was read so far: by path the version that was. */
const stateSchema = z.object({ files: z.record(z.string(), z.string()) })

/** A session over any store; closing it closes the store. */
export const createFileSource = (access: SourceAccess, store: FileStore, { where }: FileSourceOptions): Source => {
  const opened = new Map<string, Awaited<ReturnType<typeof openStream>>>()
  return {
    keepsState: true,
    describe: async ({ name, source }): Promise<StreamShape> => {
      const stream = await openStream(access, store, { name, source: fileStreamSchema.parse(source), where })
      opened.set(name, stream)
      return { columns: stream.columns, primaryKey: [], expectedRows: stream.expectedRows }
    },
    extract: async function* ({ name }: StreamConfiguration, _shape, { columns, rows, state }: ExtractRequest) {
      const stream = opened.get(name)
      if (stream === undefined || rows === null) throw new Error(`Stream "${name}" was not described, or is not read as text.`)
      const known = stateSchema.safeParse(state).data?.files ?? {}
      for (const file of stream.files) {
        if (known[file.path] === file.version) continue
        try {
          for await (const chunk of stream.read(file, { columns, rows })) {
            yield chunk
            access.signal.throwIfAborted()
          }
        } catch (error) {
          throw toFileError(error, file.path)
        }
      }
      stream.finish?.()
      yield {
        ...rows.end(),
        state: { files: Object.fromEntries(stream.files.map(({ path, version }) => [path, version])) },
      } satisfies CopyChunk
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
