/** The kind `mssql`: one transaction a session, which shows one moment where the database keeps row versions. */

import type { SourceAccess } from '@aiia/core/sync/source'
import { type DriverSession, valueDriver } from '../sql-database/value-driver.ts'
import { writing } from './columns.ts'
import { printAddress, settingsSchema } from './config.ts'
import { type MssqlSession, signIn, toSignInError } from './connect.ts'
import { describeSource, discoverStreams } from './describe.ts'
import { errorBook } from './errors.ts'

const sessionOf = (session: MssqlSession, { log }: SourceAccess): DriverSession => ({
  ...session,
  showsOneMoment: session.snapshots !== 'none',
  begin: async () => {
    await session.begin()
    if (session.snapshots === 'transaction') return
    const meanwhile = session.snapshots === 'none' ? ', and rows that change meanwhile may be missed or come twice' : ''
    log(
      'WARN',
      `The database ${session.settings.database} does not allow snapshot isolation, so each stream shows the moment at which it is read${meanwhile}. ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON changes that.`,
    )
  },
  describe: (source) => describeSource(session, source),
  discover: () => discoverStreams(session),
  mayWrite: async () => {
    const may = (permission: string): string => `HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', '${permission}')`
    const [found] = await session.query<{ writes: number | null }>(
      `SELECT ${['INSERT', 'UPDATE', 'DELETE'].map(may).join(' | ')} AS writes`,
    )
    return found?.writes === 1
  },
})

export const mssqlDriver = valueDriver({
  kind: 'mssql',
  settings: settingsSchema,
  printAddress,
  errorBook,
  writing,
  signIn: async (access, settings, deadline) => sessionOf(await signIn(access, settings, deadline), access),
  toSignInError,
})
