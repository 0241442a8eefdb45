import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { testContract } from './contract.ts'
import { datasets } from './datasets.ts'
import { type Destination, openDestination } from './destination.ts'
import { file } from './file.ts'
import { http } from './http.ts'
import type { KindUnderTest, SourceUnderTest } from './kind-under-test.ts'
import { mysql } from './mysql.ts'
import { odata } from './odata.ts'
import { postgres } from './postgres.ts'
import { s3 } from './s3.ts'
import { sftp } from './sftp.ts'

const kinds: readonly KindUnderTest[] = [postgres, mysql, odata, s3, sftp, http, file]

let platform: Platform
let destination: Destination
beforeAll(async () => {
  // Each kind has a run of its own at a time.
  platform = await startPlatform({ backend: 'postgres', env: { WORKER_CONCURRENCY: String(kinds.length) } })
  destination = await openDestination(platform)
})
afterAll(async () => {
  await destination?.end()
  await platform?.stop()
})

// The kinds side by side: each mostly waits for its server.
describe.concurrent.each(kinds.map((under) => [under.kind, under] as const))('%s', (kind, under) => {
  let source: SourceUnderTest
  beforeAll(async () => {
    source = await under.start(datasets)
  })
  afterEach(() => source.trouble.heal())
  afterAll(() => source?.stop())

  describe('contract', { sequential: true, timeout: 120_000 }, () => {
    testContract({ kind, codes: under.codes, platform: () => platform, destination: () => destination, source: () => source })
  })
})
