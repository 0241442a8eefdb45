import { expect, test } from 'vitest'
import { type Role, roles, type Viewer } from '../auth/viewer.ts'
import { parseToken } from './api-token.ts'

const maker = (role: Role): Viewer => ({ kind: 'person', accessId: 's', personId: 'p', name: 'Ada', email: 'ada@example.com', role })
const now = new Date('2026-11-26T02:00:00Z')

const problemsOf = (input: unknown, by = maker('ADMINISTRATOR')): unknown => {
  try {
    parseToken(input, by, now)
    return {}
  } catch (error) {
    return (error as { extensions: { fields: unknown } }).extensions.fields
  }
}

test('a token can do no more than who makes it', () => {
  for (const own of roles) {
    for (const role of roles) {
      const allowed = roles.indexOf(role) <= roles.indexOf(own)
      expect(problemsOf({ name: 'export', role }, maker(own)), `${own} makes ${role}`).toEqual(
        allowed ? {} : { role: `A token can do no more than who makes it: Ada has the role ${own}.` },
      )
    }
  }
})

test('the name is trimmed, and without an expiry there is none', () => {
  expect(parseToken({ name: ' export ', role: 'VIEWER' }, maker('VIEWER'), now)).toEqual({
    name: 'export',
    role: 'VIEWER',
    expiresAt: null,
  })
})

test('what is wrong is told together', () => {
  expect(problemsOf({ name: ' ', role: 'VIEWER', expiresAt: new Date(now.getTime() - 1) })).toEqual({
    name: expect.stringContaining('Name what will use it'),
    expiresAt: expect.stringContaining('in the future'),
  })
})
