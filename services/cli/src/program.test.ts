import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { GraphQLClient } from './client.ts'
import { closing, type FollowedRun } from './follow-run.ts'
import { createProgram } from './program.ts'

type Answers = { request?: (query: string, variables: unknown) => unknown; events?: unknown[]; files?: Record<string, string[]> }

/** Runs the command line against given answers; the wire itself is tested with the platform. */
const run = async (argv: string[], { request, events = [], files = {} }: Answers) => {
  const out = new PassThrough()
  let code: number | undefined
  const client: GraphQLClient = {
    request: async <T>(query: string, variables?: unknown) => request?.(query, variables) as T,
    async *subscribe<T>() {
      yield* events as T[]
    },
    async *download(path) {
      for (const piece of files[path] ?? []) yield Buffer.from(piece)
    },
    close: async () => {},
  }
  const program = createProgram(
    out,
    (ended) => {
      code = ended
    },
    () => client,
  )
  await program.parseAsync(['--token', 't', ...argv], { from: 'user' })
  out.end()
  return { code, output: await text(out) }
}

const connector = { connector: { id: 'c1', name: 'SAP' }, connectors: { nodes: [] } }

test.each([
  ['COMPLETED', 0],
  ['FAILED', 1],
  ['ERROR', 2],
  ['CANCELLED', 3],
])('sync --follow in a pipe prints each line once and exits by %s', async (status, expected) => {
  const { code, output } = await run(['sync', 'SAP', '--follow'], {
    request: (query) => {
      if (query.includes('triggerSync')) return { triggerSync: { id: 'r1', number: 7, status: 'PENDING' } }
      return query.includes('jobRun(') ? { jobRun: { number: 7, status } } : connector
    },
    // The second batch is what a reconnected subscription sends: everything again.
    events: [
      { jobRunLogs: { lines: [{ seq: 1, text: 'one' }] } },
      {
        jobRunLogs: {
          lines: [
            { seq: 1, text: 'one' },
            { seq: 2, text: 'two' },
          ],
        },
      },
    ],
  })
  expect(output).toBe('one\ntwo\n')
  expect(code).toBe(expected)
})

test('an unknown connector is refused with the names there are', async () => {
  const request = () => ({ connector: null, connectors: { nodes: [{ name: 'SAP ERP DB' }] } })
  await expect(run(['sync', 'SPA'], { request })).rejects.toThrow('There is no connector "SPA". There are "SAP ERP DB".')
})

test.each([
  [['rejected', '#7'], 'stream,row\r\nbseg,1\r\n'],
  [['rejected', '7', '--format', 'jsonl'], '{"row":1}\n'],
])('rejected rows are printed as they come: %j', async (argv, expected) => {
  const files = { '/rejected-rows/7.csv': ['stream,row\r\nbs', 'eg,1\r\n'], '/rejected-rows/7.jsonl': ['{"row":1}\n'] }
  expect(await run(argv, { files })).toEqual({ code: 0, output: expected })
})

test('a format of rejected rows is one that there is', async () => {
  await expect(run(['rejected', '7', '--format', 'xlsx'], {})).rejects.toThrow('csv, jsonl')
})

test('replay --follow follows the new run', async () => {
  const asked: unknown[] = []
  const { code, output } = await run(['replay', '7', '--follow'], {
    request: (query, variables) => {
      asked.push([query.includes('replayRejectedRows(jobRunId: $id)'), variables])
      if (query.includes('replayRejectedRows')) return { replayRejectedRows: { id: 'r8', number: 8, status: 'PENDING' } }
      return { jobRun: { id: 'r7', number: 7, status: 'COMPLETED' } }
    },
    events: [{ jobRunLogs: { lines: [{ seq: 1, text: 'one' }] } }],
  })
  expect({ code, output }).toEqual({ code: 0, output: 'one\n' })
  expect(asked).toContainEqual([true, { id: 'r7' }])
})

test('a run number must be a number', async () => {
  await expect(run(['logs', 'abc'], {})).rejects.toThrow('"abc" is not a whole number')
})

test('the closing words say what to do about a failure', () => {
  const failed: FollowedRun = {
    number: 7,
    status: 'FAILED',
    pendingReason: null,
    durationMs: 21_000,
    rowsPerSecond: null,
    counts: { read: 0, ingested: 0, inserted: 0, updated: 0, unchanged: 0, deleted: 0, rejected: 0, expected: null },
    failure: { code: 'HOST_NOT_FOUND', message: 'No such host.', rootCause: 'Not in the DNS.', resolution: 'Correct it.' },
  }
  expect(closing(failed)).toBe(
    'Run #7 FAILED after 21s: HOST_NOT_FOUND\nNo such host.\nRoot cause: Not in the DNS.\nWhat to do: Correct it.',
  )
})

test.each([
  [
    { ok: true, entries: 1200, lastHash: 'ab12', brokenAt: null, problem: null },
    0,
    '1,200 entries are as written, the last with the hash ab12.\n',
  ],
  [
    { ok: false, entries: 1, lastHash: 'cd34', brokenAt: 2, problem: 'Entry 2 is missing.' },
    1,
    'Broken: Entry 2 is missing.\nBefore it, 1 entry is as written, the last with the hash cd34.\n',
  ],
])('audit verify says what it found, and exits by it', async (verifyAuditLog, code, output) => {
  expect(await run(['audit', 'verify'], { request: () => ({ verifyAuditLog }) })).toEqual({ code, output })
})

test.each([
  [{ ok: true, outcome: 'HTTP 204 after 35 ms' }, 0, 'Taken: HTTP 204 after 35 ms\n'],
  [{ ok: false, outcome: 'HTTP 404' }, 1, 'Not taken: HTTP 404\n'],
])('channels test says what the receiver answered, and exits by it', async (testNotificationChannel, code, output) => {
  const notificationChannels = [{ id: 'c1', name: 'On call' }]
  const request = (query: string) => (query.includes('mutation') ? { testNotificationChannel } : { notificationChannels })
  expect(await run(['channels', 'test', 'on call'], { request })).toEqual({ code, output })
  await expect(run(['channels', 'test', 'off call'], { request })).rejects.toThrow('There is no channel "off call"')
})
