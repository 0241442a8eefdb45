import { randomBytes, randomUUID } from 'node:crypto'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { FieldMapping } from '@aiia/core/sync/mapping'
import { createSecretBox } from '@aiia/kit/secret-box'
import { askSource, readAnswer, type SourceAnswer } from '@aiia/store/source-requests'
import { streamOf } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerQuestion, type QuestionContext } from './answer-source-request.ts'

const secretBox = createSecretBox(randomBytes(32))

let server: TestPostgres
let store: TestStore
let source: URL
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
  source = new URL(await server.createDatabase())
  const client = new pg.Client({ connectionString: source.href })
  await client.connect()
  await client.query(`CREATE TABLE items (id int PRIMARY KEY, amount text, note text);
    INSERT INTO items SELECT i, CASE WHEN i = 2 THEN 'none' ELSE i || ',50' END, repeat('x', 5000) FROM generate_series(1, 1000) i`)
  await client.end()
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

/** As the API asks, and a worker answers. */
const preview = async (stream: StreamConfiguration): Promise<SourceAnswer | null> => {
  const id = randomUUID()
  const told: unknown[] = []
  const { hostname, port, pathname, username, password } = source
  await askSource(store, {
    id,
    question: 'PREVIEW',
    stream,
    kind: 'postgres',
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: username, tls: 'disable' },
    credentials: secretBox.seal({ password: decodeURIComponent(password) }, `source-request:${id}`),
    connectTimeoutSeconds: 10,
  })
  const context = {
    prisma: store.prisma,
    feed: { publish: async (topic: string, event: unknown) => void told.push([topic, event]) },
    secretBox,
    targets: { allow: [], deny: [] },
    refusedDatabases: [],
    destinationUrl: store.url,
    hashSalt: randomBytes(32),
    signal: new AbortController().signal,
  } as unknown as QuestionContext
  await answerQuestion(context, id)
  expect(told).toEqual([['source-request', { id }]])
  const { credentials } = await store.prisma.sourceRequest.findUniqueOrThrow({ where: { id } })
  expect(credentials).toBeNull()
  return readAnswer(store, id)
}

const field = (change: Partial<FieldMapping>): FieldMapping => ({
  source: null,
  destination: '',
  type: null,
  nullable: null,
  default: null,
  transforms: [],
  ...change,
})

test('a preview shows the first rows before and after, long values by their beginning', async () => {
  const fields = [
    field({ source: 'id', destination: 'id' }),
    field({ source: 'amount', destination: 'amount', type: 'numeric(15,2)', transforms: [{ kind: 'DECIMAL_COMMA' }] }),
    field({ source: 'note', destination: 'note' }),
  ]
  const answer = await preview(streamOf({ source: { table: 'public.items' }, fields }))
  if (answer === null || !('preview' in answer)) throw new Error(`no preview: ${JSON.stringify(answer)}`)
  const { before, after, rows } = answer.preview
  const note = `${'x'.repeat(1_000)}…`
  expect(before).toEqual(['id', 'amount', 'note'])
  expect(after).toMatchObject([{ name: 'id' }, { name: 'amount', type: 'numeric(15,2)' }, { name: 'note' }])
  expect(rows).toHaveLength(20)
  expect(rows.slice(0, 2)).toEqual([
    { before: ['1', '1,50', note], after: ['1', '1.50', note], rejected: null },
    { before: ['2', 'none', note], after: null, rejected: { column: 'amount', rule: expect.any(String) } },
  ])
})

test('a stream that is not there is a failure of the source, with what to do', async () => {
  expect(await preview(streamOf({ source: { table: 'public.nothing' } }))).toMatchObject({
    ok: false,
    failure: { code: 'COLUMN_MISSING', message: expect.stringContaining('nothing'), trace: null },
  })
})
