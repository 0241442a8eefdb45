import { expect, test } from 'vitest'
import { loginPath, pathAfterLogin } from './login-path.ts'

test('signing in leads back', () => {
  expect(loginPath('/admin/runs/14802?tab=log')).toBe('/login?next=%2Fadmin%2Fruns%2F14802%3Ftab%3Dlog')
  expect(pathAfterLogin('/admin/runs/14802?tab=log')).toBe('/admin/runs/14802?tab=log')
})

test('the usual page needs no mention', () => {
  for (const path of ['/', '/admin', '/admin/connectors']) expect(loginPath(path)).toBe('/login')
})

test.each([
  undefined,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/login?next=/login',
])('it never leads elsewhere: %s', (next) => expect(pathAfterLogin(next)).toBe('/admin/connectors'))
