import { createConnector, sync } from '../../platform/source.ts'
import { expect, test } from '../fixtures.ts'

const lines = 1_000_000
const [place, words] = [700_003, 'Payment 4711 has no partner']

test('a line is found among a million of a log, and its link shows it to somebody else', async ({
  page,
  browser,
  platform,
  source,
  database,
  session,
}) => {
  test.setTimeout(150_000)
  const connector = await createConnector(platform, source, {
    name: 'Talkative',
    streams: [{ name: 'talkative', source: { table: 'public.vendors' } }],
  })
  const { number, lastLogSeq } = await sync(platform, connector)
  // As a run leaves them that has much to tell.
  await database.query(
    `INSERT INTO platform.log_lines (run_id, seq, at, level, message)
     SELECT r.id, i, r.finished_at, 'DEBUG', CASE i WHEN $3 THEN $4 ELSE 'Payment ' || i || ' is booked.' END
     FROM platform.job_runs r, generate_series($2::int + 1, $2::int + ${lines}) i WHERE r.number = $1`,
    [number, lastLogSeq, place, words],
  )
  await database.query('UPDATE platform.job_runs SET last_log_seq = last_log_seq + $2 WHERE number = $1', [number, lines])

  await page.goto(`/admin/runs/${number}`)
  await expect(page.getByText(`${(lastLogSeq + lines).toLocaleString('en-US')} lines`)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('HAS NO PARTNER')
  await expect(page.getByRole('status', { name: 'Search hit' })).toHaveText('1 / 1', { timeout: 30_000 })
  await expect(page.getByRole('log').locator('mark')).toHaveText('has no partner')
  await page.getByRole('link', { name: `Line ${place}`, exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`#L${place}$`))
  // It stands among its neighbours now.
  await expect(page.getByRole('link', { name: `Line ${place - 1}`, exact: true })).toBeInViewport()

  const elsewhere = await browser.newContext({ baseURL: platform.url, storageState: session })
  const other = await elsewhere.newPage()
  await other.goto(page.url())
  const rowOf = (line: number) =>
    other
      .getByRole('log')
      .locator('[data-index]')
      .filter({ has: other.getByRole('link', { name: `Line ${line}`, exact: true }) })
  await expect(rowOf(place)).toContainText(words)
  await expect(rowOf(place)).toBeInViewport({ ratio: 1 })
  const backgroundOf = (line: number) => rowOf(line).evaluate((row) => getComputedStyle(row).backgroundColor)
  expect(await backgroundOf(place)).not.toBe(await backgroundOf(place + 1))
  await elsewhere.close()
})
