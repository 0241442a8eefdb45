import type { Page } from '@playwright/test'
import { createConnector, sync, triggerSync } from '../../platform/source.ts'
import { expect, test } from '../fixtures.ts'

test('Job History is live and filtered, and its address shows the same rows in another browser', async ({
  page,
  browser,
  platform,
  source,
  session,
}) => {
  const good = await createConnector(platform, source, { name: 'Good', streams: [{ name: 'good', source: { table: 'public.vendors' } }] })
  const bad = await createConnector(platform, source, {
    name: 'Bad',
    streams: [{ name: 'bad', source: { sql: 'SELECT nothing FROM nowhere' } }],
  })
  const ended = await sync(platform, bad)
  await page.goto('/admin/connectors/history')
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row')
  const runRow = (number: number) => rows.filter({ has: page.getByRole('link', { name: `#${number}`, exact: true }) })
  await expect(runRow(ended.number)).toContainText('Error')
  // Nobody touches the page: the run appears and moves by itself.
  await triggerSync(platform, good)
  await expect(rows.nth(1)).toContainText(`#${ended.number + 1}`)
  await expect(rows.nth(1)).toContainText('Completed')
  await expect(rows.nth(1)).toContainText('250')

  await page.getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Error' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\?status=ERROR$/)
  await expect(page.getByText(`#${ended.number + 1}`)).toBeHidden()
  await expect(runRow(ended.number)).toBeVisible()
  const numbersOf = (shown: Page) => shown.getByRole('table', { name: 'Runs' }).getByRole('link', { name: /^#/ })
  const elsewhere = await browser.newContext({ baseURL: platform.url, storageState: session })
  const other = await elsewhere.newPage()
  await other.goto(page.url())
  await expect(numbersOf(other)).toHaveText(await numbersOf(page).allInnerTexts())
  await expect(other.getByRole('button', { name: 'Status' })).toContainText('Error')
  await elsewhere.close()
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(rows.nth(1)).toContainText(`#${ended.number + 1}`)
  await page.goBack()
  await expect(page).toHaveURL(/\?status=ERROR$/)
  await expect(page.getByText(`#${ended.number + 1}`)).toBeHidden()
})
