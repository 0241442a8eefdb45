import { describe, expect, test } from 'vitest'
import { httpKind } from './config.ts'

describe('settings', () => {
  const refused = (value: object): string => {
    const result = httpKind.settings.safeParse({ baseUrl: 'https://api.example.com/v1', ...value })
    return result.success ? '' : JSON.stringify(result.error.issues.map(({ path, message }) => [path.join('.'), message]))
  }

  test.each([
    [{ baseUrl: 'ftp://x' }, 'baseUrl'],
    [{ baseUrl: 'https://user:secret@api.example.com' }, 'baseUrl'],
    [{ baseUrl: 'https://api.example.com?key=1' }, 'baseUrl'],
    [{ authentication: { kind: 'basic' } }, 'authentication.user'],
    [{ authentication: { kind: 'api-key' } }, 'authentication.keyName'],
    [{ authentication: { kind: 'oauth2-client-credentials' } }, 'authentication.tokenUrl'],
    [{ headers: 'Authorization: Bearer x' }, 'headers'],
    [{ headers: 'no header' }, 'headers'],
  ])('%j are refused', (value, path) => {
    expect(refused(value)).toContain(path)
  })

  test('tell where they lead, without secrets', () => {
    const settings = { baseUrl: 'https://api.example.com/v1', headers: 'X-Tenant: 42\nAccept-Language: de' }
    expect(refused(settings)).toBe('')
    expect(httpKind.address(settings)).toBe('https://api.example.com/v1')
    expect(httpKind.sourceHost(settings)).toBe('api.example.com:443')
    expect(httpKind.targetOf(settings)).toEqual({
      baseUrl: settings.baseUrl,
      authentication: { kind: 'none', keyIn: 'header' },
      ca: undefined,
    })
  })

  test.each([
    { path: '' },
    { path: '/x#y' },
    { path: '/x', pagination: { style: 'cursor' } },
    { path: '/x', pagination: { style: 'cursor', cursorPath: 'a', cursorField: 'b' } },
    { path: '/x', pagination: { style: 'else' } },
    { path: '/x', columns: [] },
    { path: '/x', columns: [{ name: 'a', type: 'money' }] },
    { path: '/x', columns: [{ name: 'a', type: 'timestamp' }] },
    {
      path: '/x',
      columns: [
        { name: 'a', type: 'text' },
        { name: 'a', type: 'text' },
      ],
    },
    { table: 'x' },
  ])('%j is no source of a stream', (source) => {
    expect(httpKind.streamSource.safeParse(source).success).toBe(false)
  })
})
