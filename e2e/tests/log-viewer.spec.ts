import { createConnector, sync } from '../platform/source.ts'
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
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download as text' }).click()])
  expect(download.suggestedFilename()).toBe(`run-${number}.log`)
})
