import { SyncError, toFailure } from '@aiia/core/failures/failure'
import { createSecretBox } from '@aiia/kit/secret-box'
import type { Consumer } from '@aiia/messaging/messaging'
import { answerSourceRequest, type SourceAnswer, type SourceQuestion, takeSourceRequest } from '@aiia/store/source-requests'
import { heartbeat, removeWorker } from '@aiia/store/workers'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startRedis, type TestRedis } from '@aiia/testkit/redis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connectorInput, createConnector } from './testing/fixtures.ts'
import { startTestApi, type TestApi } from './testing/test-api.ts'

let postgres: TestPostgres
let redis: TestRedis
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
})
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop()])
})

const testConnection = `mutation ($id: ID, $input: ConnectionInput) {
  testConnection(id: $id, input: $input) { ok latencyMs serverVersion warnings failure { code message rootCause resolution } }
}`
const discover = `mutation ($id: ID, $input: ConnectionInput) {
  discoverStreams(id: $id, input: $input) { name source primaryKey expectedRows columns { name sourceType type nullable } }
}`
const { settings, credentials } = connectorInput()
const elsewhere = { ...settings, host: 'elsewhere.internal' }

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let api: TestApi
  let consumer: Consumer | undefined
  beforeAll(async () => {
    api = await startTestApi(postgres, backend === 'redis' ? { REDIS_URL: redis.url } : {})
  })
  afterEach(async () => {
    await consumer?.close()
    consumer = undefined
    await removeWorker({ prisma: api.prisma }, 'w1')
  })
  afterAll(() => api.stop())

  const startWorker = async (answer: (question: SourceQuestion, password: unknown) => SourceAnswer, told = true): Promise<void> => {
    const { prisma, messaging } = api
    const box = createSecretBox(api.settings.SECRET_KEY)
    await heartbeat({ prisma }, { id: 'w1', host: 'h', pid: 1, version: '1', slots: 1, busy: 0, runsPerSourceHost: null })
    consumer = await messaging.consume('source-requests', { concurrency: 1 }, async ({ id }) => {
      const question = await takeSourceRequest({ prisma }, id)
      if (question === null) return
      const opened = question.credentials && box.open(question.credentials, `source-request:${id}`)
      await answerSourceRequest({ prisma }, id, answer(question, (opened as { password?: string } | null)?.password))
      if (told) await messaging.feed.publish('source-request', { id })
    })
  }
  const report = { latencyMs: 12, serverVersion: 'PostgreSQL 18', warnings: ['superuser'] }

  test('a test of a connection that is not saved yet', async () => {
    const asked: unknown[] = []
    await startWorker((question, password) => {
      asked.push([question.question, question.kind, question.settings, password])
      return { ok: true, report }
    })
    const { data } = await api.ask(testConnection, { input: { kind: 'postgres', settings, credentials } })
    expect(data?.['testConnection']).toEqual({ ok: true, ...report, failure: null })
    expect(asked).toEqual([['TEST', 'postgres', settings, credentials.password]])
  })

  test('a failure of the source is an answer', async () => {
    const failure = {
      code: 'CONNECTION_TIMEOUT' as const,
      message: 'm',
      rootCause: 'r',
      resolution: 's',
      retryable: true,
      step: null,
      stream: null,
      trace: null,
      reference: null,
    }
    await startWorker(() => ({ ok: false, failure }))
    const id = await createConnector(api)
    const { data } = await api.ask(testConnection, { id })
    expect(data?.['testConnection']).toMatchObject({ ok: false, latencyMs: null, failure: { code: 'CONNECTION_TIMEOUT', resolution: 's' } })
    const { errors } = await api.ask(discover, { id })
    expect(errors?.[0]).toMatchObject({
      message: 'm',
      extensions: { code: 'BAD_USER_INPUT', fields: { settings: 'm' }, failure: { code: 'CONNECTION_TIMEOUT' } },
    })
  })

  test('of a saved connector with its own credentials, which go to its own host only', async () => {
    const passwords: unknown[] = []
    await startWorker((_question, password) => {
      passwords.push(password)
      return { ok: true, report }
    })
    const id = await createConnector(api)
    expect(
      (await api.ask(testConnection, { id, input: { settings: { ...settings, statementTimeoutSeconds: 60 } } })).errors,
    ).toBeUndefined()
    const { errors } = await api.ask(testConnection, { id, input: { settings: elsewhere } })
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', fields: { credentials: expect.stringContaining('again') } })
    expect((await api.ask(testConnection, { id, input: { settings: elsewhere, credentials: { password: 'new' } } })).errors).toBeUndefined()
    expect(passwords).toEqual([credentials.password, 'new'])
  })

  test('what a source offers', async () => {
    const stream = {
      name: 'bseg',
      source: { table: 'public.bseg' },
      columns: [{ name: 'belnr', sourceType: 'varchar(10)', type: 'varchar(10)', nullable: false }],
      primaryKey: ['belnr'],
      expectedRows: 300_000,
    }
    await startWorker(() => ({ ok: true, streams: [stream] }))
    expect((await api.ask(discover, { id: await createConnector(api) })).data).toEqual({ discoverStreams: [stream] })
  })

  const preview = `mutation ($id: ID, $input: ConnectionInput, $stream: StreamInput!) { previewStream(connectorId: $id, input: $input, stream: $stream) {
    before after { name type } rows { before after rejected { column rule } } } }`
  const stream = { name: 'bseg', source: { table: 'public.bseg' }, fields: [{ source: 'belnr', type: 'int8' }] }

  test('what a stream’s mapping makes of its first rows', async () => {
    const asked: unknown[] = []
    await startWorker((question) => {
      asked.push(question.question === 'PREVIEW' && question.stream)
      const rows = [
        { before: ['1'], after: ['1'], rejected: null },
        { before: [null], after: [null], rejected: null },
        { before: ['a\0b'], after: null, rejected: { column: 'belnr', rule: 'The value is not a whole number.' } },
      ]
      return { ok: true, preview: { before: ['belnr'], after: [{ name: 'belnr', type: 'bigint' }], rows } }
    })
    const { data, errors } = await api.ask(preview, { id: await createConnector(api), stream })
    expect(errors).toBeUndefined()
    expect(data?.['previewStream']).toEqual({
      before: ['belnr'],
      after: [{ name: 'belnr', type: 'bigint' }],
      rows: [
        { before: ['1'], after: ['1'], rejected: null },
        { before: [null], after: [null], rejected: null },
        { before: ['a\\u0000b'], after: null, rejected: { column: 'belnr', rule: 'The value is not a whole number.' } },
      ],
    })
    expect(asked).toMatchObject([
      { name: 'bseg', source: stream.source, fields: [{ source: 'belnr', destination: 'belnr', type: 'bigint', transforms: [] }] },
    ])
  })

  test('a preview of a stream that cannot be, or of a source that fails, says what is wrong', async () => {
    const id = await createConnector(api)
    expect(
      (await api.ask(preview, { id, stream: { ...stream, fields: [{ source: 'belnr', type: 'money' }] } })).errors?.[0]?.extensions,
    ).toEqual({
      code: 'BAD_USER_INPUT',
      fields: { 'stream.fields.0.type': expect.stringContaining('money') },
    })
    await startWorker(() => ({ ok: false, failure: toFailure(new SyncError('COLUMN_MISSING', 'It has no such column.')) }))
    expect((await api.ask(preview, { input: { kind: 'postgres', settings, credentials }, stream })).errors?.[0]).toMatchObject({
      message: 'It has no such column.',
      extensions: { code: 'BAD_USER_INPUT', failure: { code: 'COLUMN_MISSING' } },
    })
  })

  test('an answer whose event was lost is found', async () => {
    await startWorker(() => ({ ok: true, report }), false)
    expect((await api.ask(testConnection, { id: await createConnector(api) })).data?.['testConnection']).toMatchObject({ ok: true })
  })

  test('without a worker the answer comes at once, and says what to do', async () => {
    const id = await createConnector(api)
    const { data } = await api.ask(testConnection, { id })
    expect(data?.['testConnection']).toMatchObject({
      ok: false,
      failure: { code: 'NO_WORKER_ONLINE', resolution: expect.stringContaining('Start a worker') },
    })
    expect((await api.ask(discover, { id })).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAVAILABLE',
      failure: { code: 'NO_WORKER_ONLINE' },
    })
    expect(await api.prisma.sourceRequest.count({ where: { answeredAt: null } })).toBe(0)
  })

  test('a worker that does not answer is waited for only so long', async () => {
    await heartbeat({ prisma: api.prisma }, { id: 'w1', host: 'h', pid: 1, version: '1', slots: 1, busy: 0, runsPerSourceHost: null })
    const { data } = await api.ask(testConnection, { id: await createConnector(api), input: { connectTimeoutSeconds: 1 } })
    expect(data?.['testConnection']).toMatchObject({ ok: false, failure: { code: 'NO_ANSWER' } })
  })

  test('what is wrong with the question is named', async () => {
    const fields = async (input: object) => (await api.ask(testConnection, { input })).errors?.[0]?.extensions['fields']
    expect(await fields({})).toEqual({ kind: expect.any(String) })
    expect(await fields({ kind: 'sap', settings })).toEqual({ kind: expect.stringContaining('postgres') })
    expect(await fields({ kind: 'postgres', settings: { ...settings, port: 0 }, connectTimeoutSeconds: 301 })).toEqual({
      'settings.port': expect.any(String),
      connectTimeoutSeconds: expect.stringContaining('300'),
    })
  })
})
