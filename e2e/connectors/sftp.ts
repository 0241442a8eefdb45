/** The kind `sftp` under the contract suite: CSV files on a server. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { typesFile } from './csv-types.ts'
import { type KindUnderTest, wrongSecret } from './kind-under-test.ts'
import { parquetTypeColumns, parquetTypesFile } from './parquet-types.ts'
import { declared, fileTypeColumns } from './text-types.ts'
import { troubleOn } from './trouble.ts'
import { csvOf } from './written-rows.ts'

export const sftp: KindUnderTest = {
  kind: 'sftp',
  start: async (datasets) => {
    const server = await startSftp()
    const put = (name: string, content: string) => writeFile(join(server.folder, `${name}.csv`), content)
    for (const [name, dataset] of Object.entries(datasets)) await put(name, csvOf(dataset))
    await put('types', typesFile(fileTypeColumns))
    await writeFile(join(server.folder, 'types.parquet'), parquetTypesFile())
    const way = await startTcpProxy(server.port)
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
      refusals: [{ credentials: { password: wrongSecret }, code: 'INVALID_CREDENTIALS', names: 'reader' }],
      trouble: troubleOn(way),
      untilLeft: () => server.untilLeft(),
      stop: async () => {
        await way.stop()
        await server.stop()
      },
    }
  },
}
