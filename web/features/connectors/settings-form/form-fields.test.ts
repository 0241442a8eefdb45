import { expect, test } from 'vitest'
import { applicableFields } from './applicable-fields.ts'
import { fieldsOf } from './form-fields.ts'
import { draftOf, problemsOf, valueOf } from './form-values.ts'

const schema = {
  type: 'object',
  properties: {
    host: { type: 'string', title: 'Host', examples: ['db.example.com'] },
    port: { type: 'integer', default: 5432, minimum: 1, maximum: 65_535 },
    tls: { type: 'string', enum: ['disable', 'verify-full'], default: 'verify-full' },
    caBundle: { anyOf: [{ type: 'string', maxLength: 65_536 }, { type: 'null' }] },
    readOnly: { type: 'boolean', default: true },
    pathStyle: { type: 'boolean' },
    share: { type: 'number', default: 0.5 },
    tokenUrl: { type: 'string', format: 'uri' },
    ssh: { type: 'object', properties: { userName: { type: 'string' } }, required: ['userName'] },
    password: { type: 'string', format: 'password', writeOnly: true },
    privateKey: { type: 'string', format: 'password', writeOnly: true, description: 'In the form of OpenSSH or PEM.' },
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
    ['pathStyle', 'choice'],
    ['share', 'number'],
    ['tokenUrl', 'text'],
    ['ssh.userName', 'text'],
    ['password', 'secret'],
    ['privateKey', 'multiline'],
  ])
})

test('labels come from titles, else from the names', () => {
  expect(fields.map(({ label }) => label)).toEqual([
    'Host',
    'Port',
    'TLS',
    'CA bundle',
    'Read only',
    'Path style',
    'Share',
    'Token URL',
    'User name',
    'Password',
    'Private key',
  ])
})

test('what has a default need not be entered', () => {
  expect(fields.filter(({ required }) => required).map(({ path }) => path)).toEqual(['host', 'ssh.userName', 'password'])
})

test('a form shows what is stored and never a secret', () => {
  const draft = draftOf(fields, { host: 'db', port: 5544, readOnly: false, pathStyle: false, ssh: { userName: 'tunnel' } })
  expect(draft).toMatchObject({ host: 'db', port: '5544', tls: 'verify-full', caBundle: '', readOnly: false, pathStyle: 'false' })
  expect(draft).toMatchObject({ 'ssh.userName': 'tunnel', password: '', privateKey: '' })
})

test('what was left empty is left out, numbers are numbers, groups are groups', () => {
  const draft = { ...draftOf(fields, undefined), host: 'db', pathStyle: 'true', 'ssh.userName': 'tunnel' }
  expect(valueOf(fields, draft)).toEqual({
    host: 'db',
    port: 5432,
    tls: 'verify-full',
    readOnly: true,
    pathStyle: true,
    share: 0.5,
    ssh: { userName: 'tunnel' },
  })
})

test('what is missing or out of range is named before anything is sent', () => {
  const draft = { ...draftOf(fields, undefined), port: '70000', tokenUrl: 'nowhere' }
  expect(problemsOf(fields, draft)).toEqual({
    host: 'Host is required.',
    port: 'Port lies between 1 and 65535.',
    tokenUrl: 'Token URL is an address, such as https://host.example/path.',
    password: 'Password is required.',
  })
  expect(problemsOf(fields, { ...draft, port: '54x' })['port']).toBe('Port is a whole number.')
})

test('of an optional group all is left out, or what it requires is there', () => {
  const since = fieldsOf({
    properties: {
      since: {
        type: 'object',
        properties: { param: { type: 'string' }, unit: { enum: ['iso', 'unix'], default: 'iso' }, zone: { type: 'string' } },
        required: ['param'],
      },
    },
  })
  const empty = draftOf(since, undefined)
  expect([problemsOf(since, empty), valueOf(since, empty)]).toEqual([{}, {}])
  expect(problemsOf(since, { ...empty, 'since.zone': 'UTC' })).toEqual({ 'since.param': 'Param is required.' })
  expect(valueOf(since, { ...empty, 'since.param': 'from' })).toEqual({ since: { param: 'from', unit: 'iso' } })
})

test('a schema that says nothing makes an empty form', () => expect(fieldsOf(undefined)).toEqual([]))

test('fields that are for a choice are asked for, checked and sent with that choice only, also in the form beside', () => {
  const settings = fieldsOf({
    properties: {
      authentication: {
        type: 'object',
        default: {},
        properties: {
          kind: { enum: ['none', 'basic', 'oauth2'], default: 'none' },
          user: { type: 'string', description: 'For basic.' },
          tokenUrl: { type: 'string', description: 'For oauth2: where tokens are issued.' },
        },
      },
    },
  })
  const credentials = fieldsOf({
    properties: {
      password: { type: 'string', format: 'password', description: 'For basic or oauth2.' },
      note: { type: 'string', description: 'For people.' },
    },
  })
  const seen = (kind: string) => {
    const filled = {
      fields: settings,
      draft: { ...draftOf(settings, undefined), 'authentication.kind': kind, 'authentication.user': 'me' },
    }
    const own = applicableFields(filled, null)
    const beside = applicableFields({ fields: credentials, draft: {} }, filled)
    return { value: valueOf(own, filled.draft), fields: [...own, ...beside].map(({ path, description }) => [path, description]) }
  }
  expect(seen('none')).toEqual({
    value: { authentication: { kind: 'none' } },
    fields: [
      ['authentication.kind', undefined],
      ['note', 'For people.'],
    ],
  })
  expect(seen('basic').value).toEqual({ authentication: { kind: 'basic', user: 'me' } })
  expect(seen('oauth2').fields).toContainEqual(['authentication.tokenUrl', 'Where tokens are issued.'])
  expect(seen('oauth2').fields.map(([path]) => path)).toContain('password')
})

test('of alternatives one is chosen, and a field that several share is there once', () => {
  const paged = fieldsOf({
    properties: {
      pagination: {
        title: 'Pagination',
        default: { style: 'none' },
        oneOf: [
          { type: 'object', properties: { style: { const: 'none' } } },
          {
            type: 'object',
            properties: { style: { const: 'page' }, param: { type: 'string', default: 'page' }, size: { type: 'integer' } },
          },
          { type: 'object', properties: { style: { const: 'link' }, size: { type: 'integer' } } },
        ],
      },
    },
  })
  expect(paged.map(({ path, label }) => [path, label])).toEqual([
    ['pagination.style', 'Pagination'],
    ['pagination.param', 'Param'],
    ['pagination.size', 'Size'],
  ])
  const sent = (style: string) => {
    const draft = { ...draftOf(paged, { pagination: { style, size: 50 } }) }
    return valueOf(applicableFields({ fields: paged, draft }, null), draft)
  }
  expect(sent('none')).toEqual({ pagination: { style: 'none' } })
  expect(sent('page')).toEqual({ pagination: { style: 'page', param: 'page', size: 50 } })
  expect(sent('link')).toEqual({ pagination: { style: 'link', size: 50 } })
})

test('lists are written an entry a line', () => {
  const lists = fieldsOf({
    properties: {
      query: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: {} },
      columns: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, type: { type: 'string' } } } },
    },
  })
  const stored = { query: { since: '10:30', status: 'open' }, columns: [{ name: 'a:b', type: 'numeric(15,2)' }] }
  const draft = draftOf(lists, stored)
  expect(draft).toEqual({ query: 'since: 10:30\nstatus: open', columns: 'a:b: numeric(15,2)' })
  expect(valueOf(lists, draft)).toEqual(stored)
  expect(problemsOf(lists, { ...draft, columns: 'amount' })['columns']).toBe('Each line is a name, a colon and a type. “amount” is not.')
})
