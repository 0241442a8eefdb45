/** The kind `s3` under the contract suite: files of JSON Lines in a bucket. */

import { startS3 } from '@aiia/testkit/s3'
import { startSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { badFiles, fileFailures } from './file-failures.ts'
import { type KindUnderTest, wrongSecret } from './kind-under-test.ts'
import { networkCodes, networkFailures } from './network-failures.ts'
import { parquetTypeColumns, parquetTypesFile } from './parquet-types.ts'
import { rowCodes } from './row-failures.ts'
import { declared, fileTypeColumns, jsonTypeRecords } from './text-types.ts'
import { troubleOn } from './trouble.ts'
import { csvHead, jsonLinesOf } from './written-rows.ts'

const bucket = 'finance'
const hour = 3_600_000

export const s3: KindUnderTest = {
  kind: 's3',
  codes: [...networkCodes, 'RATE_LIMITED', 'INVALID_FILE', ...rowCodes],
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
    for (const [name, content] of Object.entries(badFiles)) await server.put(bucket, `bad/${name}`, content)
    for (const key of ['in/parts/1.jsonl', 'in/parts/2.jsonl']) await server.put(bucket, key, jsonLinesOf(datasets.large))
    await server.put(bucket, 'in/secret.jsonl', jsonLinesOf(datasets.happy))
    server.forbid('in/secret.jsonl')
    const [way, stranger] = await Promise.all([startTcpProxy(server.port), startSftp()])
    const endpointAt = (host: string, scheme = 'http') => ({ endpoint: `${scheme}://${host}:${way.port}` })
    const trouble = troubleOn(way, server.port)
    return {
      settings: { ...endpointAt('127.0.0.1'), bucket },
      credentials: server.credentials,
      streamOf: (name) => ({ path: name === 'empty' ? 'in/empty.csv' : `in/${name}.jsonl` }),
      types: [
        { stream: { path: 'in/types.jsonl', columns: declared(fileTypeColumns) }, columns: fileTypeColumns },
        { stream: { path: 'in/types.parquet' }, columns: parquetTypeColumns },
      ],
      change: (name, later) => server.put(bucket, `in/${name}.jsonl`, jsonLinesOf(later)),
      retyped: 'COLUMN_TYPE_CHANGED',
      failures: {
        ...networkFailures({ way, settingsAt: endpointAt, stranger: stranger.port, large: { path: 'in/large.jsonl' } }),
        ...fileFailures('bad/'),
        TLS_FAILED: [{ by: 'a server without TLS', settings: endpointAt('127.0.0.1', 'https'), names: `127.0.0.1:${way.port}` }],
        INVALID_CREDENTIALS: [
          {
            by: 'InvalidAccessKeyId',
            credentials: { accessKeyId: 'NOBODY', secretAccessKey: wrongSecret },
            names: '(InvalidAccessKeyId, HTTP 403)',
          },
          { by: 'SignatureDoesNotMatch', credentials: { secretAccessKey: wrongSecret }, names: '(SignatureDoesNotMatch, HTTP 403)' },
          { by: 'ExpiredToken', credentials: server.lend(new Date()), names: '(ExpiredToken, HTTP 400)' },
          {
            by: 'InvalidToken',
            credentials: { ...server.lend(new Date(Date.now() + hour)), sessionToken: wrongSecret },
            names: '(InvalidToken, HTTP 400)',
          },
        ],
        PERMISSION_DENIED: [
          { by: 'NoSuchBucket', settings: { bucket: 'nowhere' }, names: 'There is no bucket "nowhere"' },
          { by: 'AccessDenied', stream: { path: 'in/secret.jsonl' }, names: '(AccessDenied, HTTP 403)' },
        ],
        SOURCE_UNAVAILABLE: [
          {
            by: 'PreconditionFailed: an object that is replaced in mid-run',
            stream: { path: 'in/parts/*.jsonl' },
            before: trouble.slow,
            meanwhile: () => server.put(bucket, 'in/parts/2.jsonl', jsonLinesOf(datasets.happy)),
            names: 'in/parts/2.jsonl was changed while it was read',
          },
        ],
        RATE_LIMITED: [{ by: 'SlowDown', before: () => server.limit({ requests: 1, seconds: 60 }), names: '(SlowDown, HTTP 503)' }],
      },
      trouble: {
        ...trouble,
        heal: () => {
          server.limit(null)
          return trouble.heal()
        },
      },
      untilLeft: () => server.untilLeft(),
      stop: async () => {
        await way.stop()
        await stranger.stop()
        await server.stop()
      },
    }
  },
}
