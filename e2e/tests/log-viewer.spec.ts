import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { createConnector, readLog, sync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, test } from './fixtures.ts'

test('the log is searched, filtered, linked to and taken along', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Logged',
    streams: [
      { name: 'logged', source: { table: 'public.vendors' } },
      { name: 'logged_wrong', source: { sql: 'SELECT nothing FROM nowhere' } },
    ],
  })
  const { number, lastLogSeq } = await sync(platform, connector)
  await page.goto(`/admin/runs/${number}#L2`)
  const log = page.getByRole('log')
  const lines = log.getByRole('link')
  await expect(lines).toHaveCount(lastLogSeq)
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('STARTING DATA')
  await expect(lines).toHaveCount(1)
  await expect(log.locator('mark')).toHaveText('Starting data')
  await expect(page.getByText(`1 of ${lastLogSeq} lines`)).toBeVisible()
  await lines.first().click()
  await expect(page).toHaveURL(/#L1$/)
  await expect(lines).toHaveCount(lastLogSeq)
  await page.getByRole('button', { name: 'Level' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'FATAL' }).click()
  await page.keyboard.press('Escape')
  await expect(lines).toHaveCount(1)
  await expect(log).toContainText('Job aborted with state ERROR.')
  await page.getByRole('button', { name: 'Level' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'FATAL' }).click()
  await page.keyboard.press('Escape')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as text' }).click()])
  expect(download.suggestedFilename()).toBe(`run-${number}.log`)
})

test('the hits of a search are counted and walked through, and chosen lines are copied', async ({ page, platform, source, context }) => {
  const connector = await createConnector(platform, source, {
    name: 'Walked',
    streams: [{ name: 'walked', source: { table: 'public.vendors' } }],
  })
  const { id, number } = await sync(platform, connector)
  const all = await readLog(platform, id)
  const found = all.filter(({ text }) => text.toLowerCase().includes('walked'))
  expect(found.length).toBeGreaterThan(2)
  await page.goto(`/admin/runs/${number}`)
  const search = page.getByRole('searchbox', { name: 'Search the log' })
  await search.fill('walked')
  const at = page.getByRole('status', { name: 'Search hit' })
  await expect(at).toHaveText(`1 / ${found.length}`)
  await search.press('Enter')
  await expect(at).toHaveText(`2 / ${found.length}`)
  await expect(page.locator('[aria-current]').getByRole('link')).toHaveAccessibleName(`Line ${found[1]?.seq}`)
  await page.getByRole('button', { name: 'Next hit' }).click()
  await search.press('Shift+Enter')
  await expect(at).toHaveText(`2 / ${found.length}`)
  await expectNoViolations(page)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as text' }).click()])
  expect(await readFile(await download.path(), 'utf8')).toBe(found.map(({ text }) => `${text}\n`).join(''))

  await search.fill('')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('link', { name: 'Line 1', exact: true }).click()
  await page.getByRole('link', { name: 'Line 3', exact: true }).click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/#L1-L3$/)
  await page.getByRole('log').focus()
  await page.keyboard.press('ControlOrMeta+c')
  const copied = () => page.evaluate('navigator.clipboard.readText()')
  await expect.poll(copied).toBe(
    all
      .slice(0, 3)
      .map(({ text }) => `${text}\n`)
      .join(''),
  )
})

test('any line of a very long log comes into view by its address, and stays where the reader put it', async ({
  page,
  platform,
  source,
  database,
}) => {
  test.slow()
  const connector = await createConnector(platform, source, {
    name: 'Long-winded',
    streams: [{ name: 'long_winded', source: { table: 'public.vendors' } }],
  })
  const { number, lastLogSeq } = await sync(platform, connector)
  // Taller than what browsers can lay out exactly; every seventh line is wrapped, once or many times.
  const added = 400_000
  await database.query(`BEGIN;
    SET LOCAL session_replication_role = replica;
    INSERT INTO platform.log_lines SELECT id, last_log_seq + i, finished_at, 'INFO', 'Line ' || i || repeat(' of a long log', i % 7 / 6 * (i % 100))
      FROM platform.job_runs, generate_series(1, ${added}) i WHERE number = ${number};
    UPDATE platform.job_runs SET last_log_seq = last_log_seq + ${added} WHERE number = ${number};
    COMMIT`)
  const last = lastLogSeq + added
  const log = page.getByRole('log')
  const line = (seq: number) => log.getByRole('link', { name: `Line ${seq}`, exact: true })
  const topOf = async (seq: number) => (await line(seq).boundingBox())?.y ?? Number.NaN
  for (const seq of [3, 1_000, 200_000, last - 500, last]) {
    await page.goto('/admin/help/failures')
    await page.goto(`/admin/runs/${number}#L${seq}`)
    await expect(line(seq)).toBeInViewport()
    await framesPass(page)
    await expect(line(seq)).toBeInViewport()
  }

  await page.goto(`/admin/runs/${number}#L200000`)
  await expect(line(200_000)).toBeInViewport()
  await framesPass(page)
  const before = await topOf(200_000)
  await log.hover()
  await page.mouse.wheel(0, -120)
  await expect.poll(() => topOf(200_000)).toBeCloseTo(before + 120, 0)
  // It rests, and the scroll position is set right without anybody seeing it.
  await framesPass(page)
  expect(await topOf(200_000)).toBeCloseTo(before + 120, 0)

  await log.focus()
  await page.keyboard.press('Home')
  await expect(line(1)).toBeInViewport()
  await page.keyboard.press('End')
  await expect(line(last)).toBeInViewport()
})

/** As many as it takes to lay out, to measure, and to come to rest after a scroll. */
const framesPass = (page: Page): Promise<void> =>
  page.evaluate('(async () => { for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame) })()')
