import { startS3, type TestS3 } from '@aiia/testkit/s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testFileKind } from '../testing/file-kind-suite.ts'
import { accessTo } from '../testing/source-access.ts'
import { s3Driver } from './driver.ts'

let server: TestS3
let buckets = 0
beforeAll(async () => {
  server = await startS3({ pageSize: 15 })
})
afterAll(() => server.stop())

const access = (settings: object) =>
  accessTo(server.url, { settings: { endpoint: server.url, ...settings }, credentials: server.credentials })

const createBucket = async (): Promise<string> => {
  buckets += 1
  await server.createBucket(`files-${buckets}`)
  return `files-${buckets}`
}

testFileKind(s3Driver, async (signal) => {
  const bucket = await createBucket()
  return {
    access: { ...access({ bucket, prefix: 'root' }), signal },
    put: (path, content) => server.put(bucket, `root/${path}`, content),
    untilLeft: server.untilLeft,
  }
})

test('a Connection Test says what it found', async () => {
  const bucket = await createBucket()
  const empty = {
    latencyMs: expect.any(Number),
    serverVersion: expect.stringMatching(/^S3-compatible storage, 0 files/),
    warnings: [`There are no files in the bucket "${bucket}".`],
  }
  expect(await s3Driver.test(access({ bucket }))).toEqual(empty)
  await server.put(bucket, 'a.csv', 'name\na\n')
  expect(await s3Driver.test(access({ bucket }))).toMatchObject({
    serverVersion: expect.stringMatching(/^S3-compatible storage, 1 file/),
    warnings: [],
  })
  await expect(s3Driver.test(access({ bucket: 'nowhere' }))).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  await server.untilLeft()
})
