/** The kind `file`: files in a folder that the worker can see. */

import type { ConnectorDriver, SourceAccess } from '@aiia/core/sync/source'
import { createFileSource, discoverFiles, testFileStore } from '../files/file-source.ts'
import type { FileStore } from '../files/file-store.ts'
import { settingsSchema } from './config.ts'
import { openFolder } from './folder-store.ts'

const connect = async (access: SourceAccess): Promise<{ store: FileStore; where: string }> => {
  const { folder } = settingsSchema.parse(access.settings)
  return { store: await openFolder(access, folder), where: `the folder ${folder}` }
}

export const fileDriver: ConnectorDriver = {
  kind: 'file',
  test: async (access) => {
    const { store, where } = await connect(access)
    return testFileStore(access, store, { where, serverVersion: 'Folder' })
  },
  discover: async (access) => discoverFiles(access, (await connect(access)).store),
  open: async (access) => {
    const { store, where } = await connect(access)
    return createFileSource(access, store, { where })
  },
}
