/** The kind `s3` under the contract suite: files of JSON Lines in a bucket. */

import { startS3 } from '@aiia/testkit/s3'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { type KindUnderTest, wrongSecret } from './kind-under-test.ts'
import { parquetTypeColumns, parquetTypesFile } from './parquet-types.ts'
import { declared, fileTypeColumns, jsonTypeRecords } from './text-types.ts'
import { troubleOn } from './trouble.ts'
import { csvHead, jsonLinesOf } from './written-rows.ts'

const bucket = 'finance'

export const s3: KindUnderTest = {
  kind: 's3',
  start: async (datasets) => {
    const server = await startS3()
    await server.createBucket(bucket)
    for (const [name, dataset] of Object.entries(datasets)) await server.put(bucket, `in/${name}.jsonl`, jsonLinesOf(dataset))
    // A file without lines has no columns; one of CSV has its header.
    await server.put(bucket, 'in/empty.csv', csvHead(datasets.empty))
    await server.put(
      bucket,
      'in/types.jsonl',
      jsonTypeRecords(fileTypeColumns)
        .map((record) => `${record}\n`)
        .join(''),
    )
    await server.put(bucket, 'in/types.parquet', parquetTypesFile())
    const way = await startTcpProxy(server.port)
    return {
      settings: { endpoint: `http://127.0.0.1:${way.port}`, bucket },
      credentials: server.credentials,
      streamOf: (name) => ({ path: name === 'empty' ? 'in/empty.csv' : `in/${name}.jsonl` }),
      types: [
        { stream: { path: 'in/types.jsonl', columns: declared(fileTypeColumns) }, columns: fileTypeColumns },
        { stream: { path: 'in/types.parquet' }, columns: parquetTypeColumns },
      ],
      change: (name, later) => server.put(bucket, `in/${name}.jsonl`, jsonLinesOf(later)),
      retyped: 'COLUMN_TYPE_CHANGED',
      refusals: [
        {
          credentials: { accessKeyId: 'NOBODY', secretAccessKey: wrongSecret },
          code: 'INVALID_CREDENTIALS',
          names: `127.0.0.1:${way.port}`,
        },
      ],
      trouble: troubleOn(way),
      untilLeft: () => server.untilLeft(),
      stop: async () => {
        await way.stop()
        await server.stop()
      },
    }
  },
}
