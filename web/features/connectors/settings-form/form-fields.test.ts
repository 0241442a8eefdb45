import { expect, test } from 'vitest'
import { draftOf, fieldsOf, problemsOf, valueOf } from './form-fields.ts'

const schema = {
  type: 'object',
  properties: {
    host: { type: 'string', title: 'Host', examples: ['db.example.com'] },
    port: { type: 'integer', default: 5432, minimum: 1, maximum: 65_535 },
    tls: { type: 'string', enum: ['disable', 'verify-full'], default: 'verify-full' },
    caBundle: { anyOf: [{ type: 'string', maxLength: 65_536 }, { type: 'null' }] },
    readOnly: { type: 'boolean', default: true },
    ssh: { type: 'object', properties: { userName: { type: 'string' } }, required: ['userName'] },
    password: { type: 'string', format: 'password', writeOnly: true },
  },
  required: ['host', 'port', 'password'],
}
const fields = fieldsOf(schema)

test('each property gets the control that suits it', () => {
  expect(fields.map(({ path, control }) => [path, control])).toEqual([
    ['host', 'text'],
    ['port', 'number'],
    ['tls', 'choice'],
    ['caBundle', 'multiline'],
    ['readOnly', 'switch'],
    ['ssh.userName', 'text'],
    ['password', 'secret'],
  ])
})

test('labels come from titles, else from the names', () => {
  expect(fields.map(({ label }) => label)).toEqual(['Host', 'Port', 'Tls', 'Ca bundle', 'Read only', 'User name', 'Password'])
})

test('what has a default need not be entered', () => {
  expect(fields.filter(({ required }) => required).map(({ path }) => path)).toEqual(['host', 'ssh.userName', 'password'])
})

test('a form shows what is stored and never a secret', () => {
  const draft = draftOf(fields, { host: 'db', port: 5544, readOnly: false, ssh: { userName: 'tunnel' } })
  expect(draft).toEqual({
    host: 'db',
    port: '5544',
    tls: 'verify-full',
    caBundle: '',
    readOnly: false,
    'ssh.userName': 'tunnel',
    password: '',
  })
})

test('what was left empty is left out, numbers are numbers, groups are groups', () => {
  const draft = { ...draftOf(fields, undefined), host: 'db', 'ssh.userName': 'tunnel' }
  expect(valueOf(fields, draft)).toEqual({ host: 'db', port: 5432, tls: 'verify-full', readOnly: true, ssh: { userName: 'tunnel' } })
})

test('what is missing or out of range is named before anything is sent', () => {
  const draft = { ...draftOf(fields, undefined), port: '70000', 'ssh.userName': 'tunnel' }
  expect(problemsOf(fields, draft)).toEqual({
    host: 'Host is required.',
    port: 'Port lies between 1 and 65535.',
    password: 'Password is required.',
  })
  expect(problemsOf(fields, { ...draft, port: '54x' })['port']).toBe('Port is a whole number.')
})

test('a schema that says nothing makes an empty form', () => expect(fieldsOf(undefined)).toEqual([]))
