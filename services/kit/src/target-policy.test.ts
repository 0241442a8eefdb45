import { expect, test } from 'vitest'
import { createTargetPolicy } from './target-policy.ts'

const open = createTargetPolicy({ allow: [], deny: [] })

test.each(['10.140.2.14', '127.0.0.1', '192.168.1.5', '203.0.113.9', '::1', 'fd12:3456::1'])('%s may be a source', (address) => {
  expect(open.refusal(address, 5432)).toBeNull()
})

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  'fe80::1%eth0',
  '0.0.0.0',
  '::',
  '224.0.0.1',
  'fd00:ec2::254',
])('%s is never a source', (address) => expect(open.refusal(address, 80)).toMatch(/link-local, metadata or multicast/))

test('with an allow list nothing else may be reached, in whatever notation', () => {
  const policy = createTargetPolicy({ allow: ['10.140.0.0/16', '169.254.1.1'], deny: ['10.140.9.9'] })
  expect(policy.refusal('10.140.2.14', 5432)).toBeNull()
  expect(policy.refusal('::ffff:10.140.2.14', 5432)).toBeNull()
  expect(policy.refusal('169.254.1.1', 5432)).toBeNull()
  expect(policy.refusal('10.141.2.14', 5432)).toMatch(/ALLOW_TARGETS/)
  expect(policy.refusal('10.140.9.9', 5432)).toMatch(/DENY_TARGETS/)
})

test('a deny list alone refuses what it names', () => {
  const policy = createTargetPolicy({ allow: [], deny: ['127.0.0.0/8', '::1'] })
  expect(policy.refusal('127.9.9.9', 1)).toMatch(/DENY_TARGETS/)
  expect(policy.refusal('::1', 1)).toMatch(/DENY_TARGETS/)
  expect(policy.refusal('10.0.0.1', 1)).toBeNull()
})

test.each(['10.0.0.0/33', 'example.com', '10.0.0.0/', '10.0.0/8'])('"%s" is refused at start', (network) => {
  expect(() => createTargetPolicy({ allow: [network], deny: [] })).toThrow(/ALLOW_TARGETS: .* is not a network/)
})
