/** The kind `hana`: one read-only transaction a session, so that all streams of a run show the same moment. */

import { type DriverSession, valueDriver } from '../sql-database/value-driver.ts'
import { writing } from './columns.ts'
import { printAddress, settingsSchema } from './config.ts'
import { type HanaSession, signIn, toSignInError } from './connect.ts'
import { describeSource, discoverStreams } from './describe.ts'
import { errorBook } from './errors.ts'

const sessionOf = (session: HanaSession): DriverSession => ({
  ...session,
  showsOneMoment: true,
  describe: (source) => describeSource(session, source),
  discover: () => discoverStreams(session),
  mayWrite: async () => {
    // Everybody may write in a schema of their own.
    const found = await session.query(
      `SELECT TOP 1 PRIVILEGE FROM SYS.EFFECTIVE_PRIVILEGES WHERE USER_NAME = CURRENT_USER AND PRIVILEGE IN ('INSERT', 'UPDATE', 'DELETE')
         AND (SCHEMA_NAME IS NULL OR SCHEMA_NAME <> CURRENT_USER)`,
    )
    return found.length > 0
  },
})

export const hanaDriver = valueDriver({
  kind: 'hana',
  settings: settingsSchema,
  printAddress,
  errorBook,
  writing,
  signIn: async (access, settings, deadline) => sessionOf(await signIn(access, settings, deadline)),
  toSignInError,
})
