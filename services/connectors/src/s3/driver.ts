/** The kind `s3`: files of a bucket; each request is signed, there is no session to keep. */

import type { ConnectorDriver, SourceAccess } from '@aiia/core/sync/source'
import { createFileSource, discoverFiles, testFileStore } from '../files/file-source.ts'
import type { FileStore } from '../files/file-store.ts'
import { settingsSchema } from './config.ts'
import { openStore } from './store.ts'

const whereOf = ({ settings }: SourceAccess): string => `the bucket "${settingsSchema.parse(settings).bucket}"`

const versionOf = ({ settings }: SourceAccess): string =>
  settingsSchema.parse(settings).endpoint === undefined ? 'Amazon S3' : 'S3-compatible storage'

const withStore = async <T>(access: SourceAccess, work: (store: FileStore) => Promise<T>): Promise<T> => {
  const store = await openStore(access)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

export const s3Driver: ConnectorDriver = {
  kind: 's3',
  test: (access) =>
    withStore(access, (store) => testFileStore(access, store, { where: whereOf(access), serverVersion: versionOf(access) })),
  discover: (access) => withStore(access, (store) => discoverFiles(access, store)),
  open: async (access) => createFileSource(access, await openStore(access), { where: whereOf(access) }),
}
