/** The kind `oracle`: one read-only transaction a session, so that all streams of a run show the same moment. */

import type { SourceAccess } from '@aiia/core/sync/source'
import { type DriverSession, valueDriver } from '../sql-database/value-driver.ts'
import { writing } from './columns.ts'
import { printAddress, settingsSchema } from './config.ts'
import { type OracleSession, signIn, toSignInError } from './connect.ts'
import { describeSource, discoverStreams } from './describe.ts'
import { errorBook } from './errors.ts'

const sessionOf = (session: OracleSession, { log }: SourceAccess): DriverSession => ({
  ...session,
  showsOneMoment: true,
  begin: async () => void (await session.query('SET TRANSACTION READ ONLY')),
  describe: (source) => describeSource(session, source, log),
  discover: () => discoverStreams(session),
  mayWrite: async () => {
    const found = await session.query(
      "SELECT privilege FROM session_privs WHERE privilege IN ('INSERT ANY TABLE', 'UPDATE ANY TABLE', 'DELETE ANY TABLE')",
    )
    return found.length > 0
  },
})

export const oracleDriver = valueDriver({
  kind: 'oracle',
  settings: settingsSchema,
  printAddress,
  errorBook,
  writing,
  signIn: async (access, settings, deadline) => sessionOf(await signIn(access, settings, deadline), access),
  toSignInError,
})
