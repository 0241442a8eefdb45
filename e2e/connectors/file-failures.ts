/** Files that cannot be read, wherever they lie. */

import { gzipSync } from 'node:zlib'
import type { Failures } from './kind-under-test.ts'

const packed = gzipSync('id,name\n'.padEnd(100_000, '1,one\n'))

const bad: readonly { name: string; by: string; content: Buffer }[] = [
  { name: 'bad-nothing.csv', by: 'CSV without a line', content: Buffer.alloc(0) },
  { name: 'bad-end.csv.gz', by: 'gzip that ends early', content: packed.subarray(0, packed.length / 2) },
  { name: 'bad-lines.jsonl', by: 'JSON Lines without an object', content: Buffer.from('id,name\n1,one\n') },
  { name: 'bad-format.parquet', by: 'Parquet that is none', content: Buffer.from('id,name\n1,one\n') },
]

/** By their names. */
export const badFiles: Readonly<Record<string, Buffer>> = Object.fromEntries(bad.map(({ name, content }) => [name, content]))

/** @param folder in which they lie, with its slash */
export const fileFailures = (folder: string) =>
  ({
    INVALID_FILE: [
      { by: 'a path that nothing matches', stream: { path: `${folder}nowhere-*.csv` }, names: `${folder}nowhere-*.csv` },
      ...bad.map(({ name, by }) => ({ by, stream: { path: folder + name }, names: folder + name })),
    ],
  }) satisfies Failures
