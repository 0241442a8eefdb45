/** The kind `sftp`: files of a folder, over one connection a session. */

import type { ConnectionReport, ConnectorDriver, SourceAccess } from '@aiia/core/sync/source'
import { createFileSource, discoverFiles, testFileStore } from '../files/file-source.ts'
import { settingsSchema } from './config.ts'
import { connect, type SftpSession } from './connect.ts'
import { createStore } from './store.ts'

const whereOf = ({ root }: SftpSession): string => `the folder "${root}"`

/** A key that is not pinned yet is accepted, so that there is one to pin. */
const test = async (access: SourceAccess): Promise<ConnectionReport> => {
  const { hostKey, acceptAnyHostKey } = settingsSchema.parse(access.settings)
  const session = await connect(access, { trustsFirst: hostKey === undefined })
  try {
    const report = await testFileStore(access, createStore(session), { where: whereOf(session), serverVersion: session.serverVersion })
    if (hostKey !== undefined) return report
    const risk = acceptAnyHostKey ? ' Without it another server could take the password and pass for this one.' : ''
    return { ...report, warnings: [...report.warnings, `Pin this host key: ${session.hostKey}${risk}`] }
  } finally {
    await session.close()
  }
}

export const sftpDriver: ConnectorDriver = {
  kind: 'sftp',
  test,
  discover: async (access) => {
    const session = await connect(access)
    try {
      return await discoverFiles(access, createStore(session))
    } finally {
      await session.close()
    }
  },
  open: async (access) => {
    const session = await connect(access)
    return createFileSource(access, createStore(session), { where: whereOf(session) })
  },
}
