import { expect, test } from 'vitest'
import { noRecords } from '../job-run/counts.ts'
import { emailOf, slackBody, webhookBody } from './formats.ts'
import { messageOf } from './message.ts'
import type { Notification, RunFacts } from './notification.ts'

const run: RunFacts = {
  id: 'r',
  number: 14802,
  status: 'FAILED',
  trigger: 'SCHEDULED',
  attempt: 3,
  queuedAt: '2026-05-24T02:00:00.000Z',
  startedAt: '2026-05-24T02:00:03.000Z',
  finishedAt: '2026-05-24T02:00:25.000Z',
  durationMs: 22_000,
  counts: { ...noRecords, read: 1_200, inserted: 1_000, rejected: 200 },
}
const connector = { id: 'c', name: 'SAP <ERP> & DB' }
const failed: Notification = {
  event: 'RUN_FAILED',
  connector,
  run,
  failure: { code: 'CONNECTION_TIMEOUT', message: 'Unable to reach\n10.140.2.14.', rootCause: 'A firewall.', resolution: 'Open the port.' },
}
const publicUrl = 'https://aiia.example.com'

test('a failed run is told with what happened, why, what to do, the counts and its page', () => {
  expect(emailOf(messageOf(failed, publicUrl))).toEqual({
    subject: 'SAP <ERP> & DB: run #14802 ended with FAILED',
    text: `SAP <ERP> & DB: run #14802 ended with FAILED

What happened: Unable to reach\\n10.140.2.14. (CONNECTION_TIMEOUT)

Root cause: A firewall.

What to do: Open the port.

Records: 1,200 read, 1,000 ingested, 1,000 inserted, 200 rejected

Run: SCHEDULED, attempt 3, 22.0 s

Run #14802: https://aiia.example.com/admin/runs/14802`,
  })
})

test('the body of a webhook is for programs, and has a line for people', () => {
  const body = JSON.parse(webhookBody(failed, messageOf(failed, publicUrl), new Date('2026-05-24T02:00:25Z'))) as object
  expect(body).toMatchObject({
    type: 'run.failed',
    timestamp: '2026-05-24T02:00:25.000Z',
    text: 'SAP <ERP> & DB: run #14802 ended with FAILED',
    url: 'https://aiia.example.com/admin/runs/14802',
    data: { connector, run: { number: 14802, counts: { read: 1_200 } }, failure: { code: 'CONNECTION_TIMEOUT' } },
  })
})

test('no name of a connector calls a whole channel of Slack', () => {
  const { text } = JSON.parse(slackBody(messageOf({ ...failed, connector: { id: 'c', name: '<!channel>' } }, publicUrl))) as {
    text: string
  }
  expect(text).not.toContain('<!channel>')
  expect(text).toContain('*&lt;!channel&gt;: run #14802 ended with FAILED*')
  expect(text).toContain('<https://aiia.example.com/admin/runs/14802|Run #14802>')
})

test.each<[Notification, string, string]>([
  [
    { event: 'RUN_RECOVERED', connector: { id: 'c', name: 'SAP' }, run: { ...run, status: 'COMPLETED' }, failedRun: { number: 14801 } },
    'SAP: run #14802 completed, after #14801 had failed',
    '/admin/runs/14802',
  ],
  [
    { event: 'SCHEDULE_MISSED', connector: { id: 'c', name: 'SAP' }, scheduledFor: '2026-05-24T02:00:00Z', reason: 'Busy.', run: null },
    'SAP: no run at 2026-05-24 02:00:00 UTC',
    '/admin/connectors/c',
  ],
  [
    {
      event: 'SCHEDULE_MISSED',
      connector: { id: 'c', name: 'SAP' },
      scheduledFor: '2026-05-24T02:00:00Z',
      reason: 'Down.',
      run: { id: 'r', number: 7 },
    },
    'SAP: the run of 2026-05-24 02:00:00 UTC starts late',
    '/admin/runs/7',
  ],
  [{ event: 'TEST', channel: { id: 'x', name: 'Ops' }, by: 'ada@example.com' }, 'Test of the channel Ops', '/admin/settings/notifications'],
])('%j', (notification, title, path) => {
  const message = messageOf(notification, publicUrl)
  expect([message.title, message.link.url]).toEqual([title, `${publicUrl}${path}`])
})
