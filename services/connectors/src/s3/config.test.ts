import { expect, test } from 'vitest'
import { peerOf, rootOf, s3Kind, settingsSchema } from './config.ts'

const minio = { endpoint: 'https://minio.corp.example:9000', bucket: 'finance', prefix: '/sap/daily/' }

test('its address names bucket, folder and place', () => {
  expect(s3Kind.address(minio)).toBe('s3://finance/sap/daily at https://minio.corp.example:9000')
  expect(s3Kind.address({ bucket: 'finance', region: 'eu-central-1' })).toBe('s3://finance/ at Amazon, eu-central-1')
})

test('a server of one’s own can be overloaded, Amazon cannot', () => {
  expect(s3Kind.sourceHost({ ...minio, endpoint: 'http://MinIO' })).toBe('minio:80')
  expect(s3Kind.sourceHost({ ...minio, endpoint: 'https://[::1]:9000' })).toBe('::1:9000')
  expect(s3Kind.sourceHost({ bucket: 'finance' })).toBeNull()
  expect(peerOf(settingsSchema.parse({ bucket: 'finance' }))).toEqual({ host: 's3.us-east-1.amazonaws.com', port: 443 })
})

test.each([
  ['', ''],
  ['/', ''],
  ['in', 'in/'],
  ['/in/a/', 'in/a/'],
])('the prefix "%s" is the folder "%s"', (prefix, root) => {
  expect(rootOf(settingsSchema.parse({ ...minio, prefix }))).toBe(root)
})

test('another endpoint, region or bucket demands the credentials again', () => {
  const target = s3Kind.targetOf(minio)
  for (const change of [{ endpoint: 'https://elsewhere.example' }, { region: 'eu-west-1' }, { bucket: 'other' }])
    expect(s3Kind.targetOf({ ...minio, ...change })).not.toEqual(target)
  expect(s3Kind.targetOf({ ...minio, prefix: 'other' })).toEqual(target)
})

test.each([
  { endpoint: 'ftp://minio' },
  { endpoint: 'https://user:secret@minio' },
  { endpoint: 'https://minio/?a=b' },
  { endpoint: 'minio:9000' },
  { bucket: 'a/b' },
  { bucket: 'arn:aws:s3:eu-west-1:1:accesspoint/a' },
  { region: 'evil.example/' },
])('%j is refused', (change) => {
  expect(settingsSchema.safeParse({ ...minio, ...change }).success).toBe(false)
})
