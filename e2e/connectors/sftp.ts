/** The kind `sftp` under the contract suite: CSV files on a server. */

import { copyFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startRestServer } from '@aiia/testkit/rest-server'
import { startSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { typesFile } from './csv-types.ts'
import { badFiles, fileFailures } from './file-failures.ts'
import { type KindUnderTest, wrongSecret } from './kind-under-test.ts'
import { networkCodes, networkFailures } from './network-failures.ts'
import { parquetTypeColumns, parquetTypesFile } from './parquet-types.ts'
import { rowCodes } from './row-failures.ts'
import { declared, fileTypeColumns } from './text-types.ts'
import { troubleOn } from './trouble.ts'
import { csvOf } from './written-rows.ts'

export const sftp: KindUnderTest = {
  kind: 'sftp',
  codes: [...networkCodes, 'INVALID_FILE', ...rowCodes],
  start: async (datasets) => {
    const server = await startSftp()
    const put = (name: string, content: string) => writeFile(join(server.folder, `${name}.csv`), content)
    for (const [name, dataset] of Object.entries(datasets)) await put(name, csvOf(dataset))
    await put('types', typesFile(fileTypeColumns))
    await writeFile(join(server.folder, 'types.parquet'), parquetTypesFile())
    for (const [name, content] of Object.entries(badFiles)) await writeFile(join(server.folder, name), content)
    await put('secret', csvOf(datasets.happy))
    server.forbid('/secret.csv')
    const cut = join(server.folder, 'cut.csv')
    await copyFile(join(server.folder, 'large.csv'), cut)
    const [way, stranger] = await Promise.all([startTcpProxy(server.port), startRestServer()])
    const trouble = troubleOn(way, server.port)
    return {
      settings: { host: '127.0.0.1', port: way.port, user: server.user, hostKey: server.hostKey },
      credentials: { password: server.password },
      streamOf: (name) => ({ path: `${name}.csv` }),
      types: [
        { stream: { path: 'types.csv', columns: declared(fileTypeColumns) }, columns: fileTypeColumns },
        { stream: { path: 'types.parquet' }, columns: parquetTypeColumns },
      ],
      change: (name, later) => put(name, csvOf(later)),
      retyped: 'COLUMN_TYPE_CHANGED',
      failures: {
        ...networkFailures({ way, settingsAt: (host) => ({ host }), stranger: stranger.port, large: { path: 'large.csv' } }),
        ...fileFailures(''),
        TLS_FAILED: [{ by: 'another host key', settings: { hostKey: `SHA256:${'A'.repeat(43)}` }, names: server.hostKey }],
        INVALID_CREDENTIALS: [{ by: 'a wrong password', credentials: { password: wrongSecret }, names: 'reader' }],
        PERMISSION_DENIED: [{ by: 'a file of others', stream: { path: 'secret.csv' }, names: 'secret.csv' }],
        SOURCE_UNAVAILABLE: [
          {
            by: 'a file that is cut in mid-run',
            stream: { path: 'cut.csv' },
            before: trouble.slow,
            meanwhile: () => truncate(cut, 100_000),
            names: 'The file "cut.csv" was changed while it was read',
          },
        ],
      },
      trouble,
      untilLeft: () => server.untilLeft(),
      stop: async () => {
        await way.stop()
        await stranger.stop()
        await server.stop()
      },
    }
  },
}
