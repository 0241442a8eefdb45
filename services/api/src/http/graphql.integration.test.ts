import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let api: TestApi

beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

const nobody = { 'x-test': 'nobody' }

type Asking = (query: string, variables?: Record<string, unknown>, headers?: Record<string, string>) => Promise<Answer>

const overSse: Asking = async (query, variables = {}, headers = { authorization: `Bearer ${api.token}` }) => {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  expect(response.status).toBe(200)
  const [, data] = /^data: (.+)$/m.exec(await response.text()) ?? []
  return JSON.parse(data ?? '') as Answer
}

const overWebSocket: Asking = async (query, variables, headers) => {
  const events = api.subscribe(query, variables, headers)
  try {
    return (await events.next()).value as Answer
  } catch (errors) {
    // The protocol tells errors before the execution apart.
    return { data: null, errors: errors as NonNullable<Answer['errors']> }
  } finally {
    await events.return?.()
  }
}

describe.each<{ transport: string; ask: Asking }>([
  { transport: 'HTTP', ask: (...args) => api.ask(...args) },
  { transport: 'SSE', ask: overSse },
  { transport: 'WebSocket', ask: overWebSocket },
])('over $transport', ({ ask }) => {
  const codeOf = async (...args: Parameters<Asking>) => (await ask(...args)).errors?.[0]?.extensions.code

  test('an answer', async () => {
    expect((await ask('{ viewer { role } }')).data).toEqual({ viewer: { role: 'ADMINISTRATOR' } })
  })

  test('nobody learns who is not signed in, and nothing else', async () => {
    expect((await ask('{ viewer { role } }', {}, nobody)).data).toEqual({ viewer: null })
    expect(await codeOf('{ jobRuns { nodes { id } } }', {}, nobody)).toBe('UNAUTHENTICATED')
    expect(await codeOf('{ jobRuns { nodes { id } } }', {}, { authorization: 'Bearer aiia_wrong' })).toBe('UNAUTHENTICATED')
    expect(await codeOf('subscription { jobRunUpdated { id } }', {}, nobody)).toBe('UNAUTHENTICATED')
  })

  test('the schema is for those who are signed in', async () => {
    expect((await ask(getIntrospectionQuery())).data).toHaveProperty('__schema')
    expect(await codeOf(getIntrospectionQuery(), {}, nobody)).toBe('UNAUTHENTICATED')
    const { errors } = await ask('{ jobRun { nmber } }', {}, nobody)
    expect(JSON.stringify(errors)).not.toContain('number')
  })

  test('a document that is wrong is the client’s, without a stack', async () => {
    for (const query of [
      '{ nonsense',
      '{ nonsense }',
      'query A { viewer { name } } query B { viewer { name } }',
      '{ jobRun(number: "x") { id } }',
    ]) {
      const { errors } = await ask(query)
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
      expect(JSON.stringify(errors)).not.toMatch(/node_modules|stack|\.ts:/)
    }
  })

  test('variables that do not fit are not repeated', async () => {
    const { errors } = await ask('mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }', {
      input: { name: 'x', kind: 'postgres', settings: {}, credentials: { password: 'canary' }, nmae: 'y', streams: [] },
    })
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(JSON.stringify(errors)).toContain('nmae')
    expect(JSON.stringify(errors)).not.toContain('canary')
  })

  test('operations have limits', async () => {
    const deep = `{ jobRuns { nodes { ${'connector { runs { nodes { '.repeat(6)} id ${'} } }'.repeat(6)} } } }`
    const aliased = `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: viewer { name }`).join(' ')} }`
    const long = `{ viewer { ${'name '.repeat(3_000)} } }`
    const costly = 'query ($n: Int) { connectors(first: $n) { nodes { runs(first: $n) { nodes { counts { read } } } } } }'
    expect(await codeOf(deep)).toBe('BAD_USER_INPUT')
    expect(await codeOf(aliased)).toBe('BAD_USER_INPUT')
    expect(await codeOf(long)).toBe('BAD_USER_INPUT')
    expect(await codeOf(costly, { n: 200 })).toBe('BAD_USER_INPUT')
    expect(await codeOf(costly, { n: 20 })).toBeUndefined()
  })

  test('what Postgres cannot hold is named, not stumbled over', async () => {
    const { errors } = await ask('query ($name: String) { connector(name: $name) { id } }', { name: 'a\0b' })
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', fields: { name: expect.stringContaining('NUL') } })
    expect(await codeOf('{ connector(name: "a\\u0000b") { id } }')).toBe('BAD_USER_INPUT')
  })

  test('what no one can find is told by its code', async () => {
    const id = '0199f1c2-7d11-7c33-9d2e-3a1b5c6d7e8f'
    expect(await codeOf('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id })).toBe('NOT_FOUND')
    expect(await codeOf('subscription ($id: ID!) { jobRunUpdated(id: $id) { id } }', { id })).toBe('NOT_FOUND')
    expect(await codeOf('mutation { cancelJobRun(id: "garbage") { id } }')).toBe('BAD_USER_INPUT')
    expect(await ask('{ jobRun(number: 7) { id } connector(name: "none") { id } }')).toMatchObject({
      data: { jobRun: null, connector: null },
    })
    expect(await codeOf('{ node(id: "garbage") { id } }')).toBe('BAD_USER_INPUT')
    expect(await codeOf('{ jobRuns(after: "garbage") { nodes { id } } }')).toBe('BAD_USER_INPUT')
    expect(await codeOf('{ jobRuns(first: -1) { nodes { id } } }')).toBe('BAD_USER_INPUT')
  })
})

test('a body that is too large is not read', async () => {
  const body = JSON.stringify({ query: '{ viewer { name } }', variables: { x: 'x'.repeat(1_100_000) } })
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${api.token}` },
    body,
  })
  expect(response.status).toBe(413)
})

test.each(['not json', '[]', '{}', '{"query": 5}', '[{"query":"{ viewer { name } }"},{"query":"{ viewer { name } }"}]'])(
  'the body %s has an answer without a stack',
  async (body) => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${api.token}` },
      body,
    })
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    expect(text).not.toMatch(/node_modules|"stack"|originalError/)
  },
)

test('errors come with HTTP 200 whatever the client accepts', async () => {
  for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${api.token}` },
      body: '{"query":"{ nonsense }"}',
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  }
})

test('a token may come with the first message of a WebSocket', async () => {
  const { createClient } = await import('graphql-ws')
  const { WebSocket } = await import('ws')
  const client = createClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${api.token}` },
  })
  const events = client.iterate({ query: '{ viewer { role } }' })
  expect((await events.next()).value).toEqual({ data: { viewer: { role: 'ADMINISTRATOR' } } })
  await client.dispose()
})

test('a mutation over GET is refused', async () => {
  const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent('mutation { cancelJobRun(id: "x") { id } }')}`, {
    headers: { authorization: `Bearer ${api.token}` },
  })
  expect(response.status).toBe(405)
})
