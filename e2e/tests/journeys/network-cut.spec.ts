import { setTimeout as wait } from 'node:timers/promises'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import type { Locator } from '@playwright/test'
import { createConnector, readLog, sync, triggerSync } from '../../platform/source.ts'
import { expect, heading, rowOf, slowQuery, test } from '../fixtures.ts'

/** As long as the console promises to outlast, on the wall clock: its own pings and pauses are measured by nothing else. */
const cutMs = 30_000
/** Meanwhile nobody says that there is no way; then connections are refused. */
const silentMs = 20_000

const streams = 36

type Rows = { rows: { number: number; text: string }[]; filled: boolean; atEnd: boolean }

/** The rows in view; `filled` says that they leave no gap, at the edges neither. */
const rowsInView = (log: Locator): Promise<Rows> =>
  log.evaluate((scroller) => {
    const { top } = scroller.getBoundingClientRect()
    const bottom = top + scroller.clientHeight
    const inView = [...scroller.querySelectorAll<HTMLAnchorElement>('a[href^="#L"]')].flatMap((link) => {
      const place = link.getBoundingClientRect()
      const text = link.parentElement?.innerText.trim().replace(/: +/, ': ') ?? ''
      return place.bottom > top && place.top < bottom ? [{ place, number: Number(link.hash.slice(2)), text }] : []
    })
    // Above the first line and below the last there is a little room.
    const room = 10
    const [first, last] = [inView.at(0), inView.at(-1)]
    return {
      rows: inView.map(({ number, text }) => ({ number, text })),
      filled: first !== undefined && last !== undefined && first.place.top <= top + room && last.place.bottom >= bottom - room,
      atEnd: scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1,
    }
  })

/** The whole log as the page shows it to somebody who scrolls from its first line to its last. */
const shownLines = async (log: Locator): Promise<string[]> => {
  const lines: string[] = []
  await log.evaluate((scroller) => scroller.scrollTo(0, 0))
  for (;;) {
    await expect.poll(async () => (await rowsInView(log)).filled).toBe(true)
    const { rows, atEnd } = await rowsInView(log)
    // One below the other, none twice.
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => (rows[0]?.number ?? 0) + index))
    for (const { number, text } of rows) lines[number - 1] = text
    if (atEnd) return lines
    await log.evaluate((scroller) => scroller.scrollBy(0, scroller.clientHeight / 2))
  }
}

test('the network is cut for 30 s while a run streams; afterwards the pages equal the database', async ({
  context,
  page,
  platform,
  source,
  complaints,
}) => {
  test.setTimeout(150_000)
  await source.query('CREATE TABLE after_the_cut AS SELECT i AS id FROM generate_series(1, 70) i')
  const connector = await createConnector(platform, source, {
    name: 'Cut off',
    streams: [
      // A second each, with some lines of the log: more of them than fit into the cut.
      ...Array.from({ length: streams }, (_, at) => ({ name: `cut_off_${at}`, source: { sql: slowQuery(10, 0.1) } })),
      { name: 'after_the_cut', source: { table: 'public.after_the_cut' } },
    ],
  })
  const release = await source.hold('after_the_cut')
  const network = await startTcpProxy(Number(new URL(platform.url).port))
  const stored = async (id: string) => {
    const { jobRun } = await platform.graphql<{ jobRun: { status: string; lastLogSeq: number; counts: { read: number } } }>(
      'query ($id: ID!) { jobRun(id: $id) { status lastLogSeq counts { read } } }',
      { id },
    )
    return jobRun
  }
  try {
    const id = await triggerSync(platform, connector)
    const { jobRun } = await platform.graphql<{ jobRun: { number: number } }>('query ($id: ID!) { jobRun(id: $id) { number } }', { id })
    const there = `http://127.0.0.1:${network.port}`
    await page.goto(`${there}/admin/runs/${jobRun.number}`)
    const list = await context.newPage()
    await list.goto(`${there}/admin/connectors`)
    const records = page.getByTestId('records')
    await expect(heading(page)).toContainText('Running')
    await expect(records).not.toHaveText('0')
    await expect(rowOf(list, 'Cut off')).toContainText('Running')

    network.blackHole()
    const began = await stored(id)
    const refused = wait(silentMs).then(() => network.refuse())
    const over = wait(cutMs)
    await expect(page.getByText('Live updates are interrupted.')).toBeVisible({ timeout: silentMs })
    await refused
    // A connector that comes, and its run, while nobody can hear of them.
    const streamUnseen = { name: 'made_unseen', source: { table: 'public.vendors' } }
    await sync(platform, await createConnector(platform, source, { name: 'Made unseen', streams: [streamUnseen] }))
    await over
    // The run went on without its viewers.
    const missed = await stored(id)
    expect(missed.lastLogSeq).toBeGreaterThan(began.lastLogSeq + 50)
    expect(missed.counts.read).toBeGreaterThan(began.counts.read + 5_000)
    await network.heal()

    await expect(page.getByText('Live updates are interrupted.')).toBeHidden({ timeout: 20_000 })
    // Nobody touches the pages: they catch up with the run, which waits for its last table, and then with its end.
    const total = (streams * 1_000).toLocaleString('en-US')
    await expect(records).toHaveText(total, { timeout: 40_000 })
    await expect(heading(page)).toContainText('Running')
    await expect(rowOf(list, 'Cut off')).toContainText(total)
    await expect(rowOf(list, 'Made unseen')).toContainText('Completed')
    await release()
    await expect(heading(page)).toContainText('Completed')
    await expect(rowOf(list, 'Cut off')).toContainText('Completed')
    await expect(records).toHaveText((streams * 1_000 + 70).toLocaleString('en-US'))
    expect(await stored(id)).toMatchObject({ status: 'COMPLETED', counts: { read: streams * 1_000 + 70 } })

    const log = await readLog(platform, id)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    await expect(page.getByRole('log')).toContainText('Job completed.')
    expect(await shownLines(page.getByRole('log'))).toEqual(log.map(({ text }) => text))
    await list.close()
  } finally {
    await release()
    await network.stop()
  }
  // The browser itself reports each try that found nobody.
  expect(complaints.splice(0).filter((complaint) => !/WebSocket|ERR_|Failed to load resource/.test(complaint))).toEqual([])
})
