import { createConnector, sync, triggerSync } from '../platform/source.ts'
import { expect, test } from './fixtures.ts'

test('Job History is live, newest first, and keeps its filters in the address', async ({ page, platform, source }) => {
  const good = await createConnector(platform, source, { name: 'Good', streams: [{ name: 'good', source: { table: 'public.vendors' } }] })
  const bad = await createConnector(platform, source, {
    name: 'Bad',
    streams: [{ name: 'bad', source: { sql: 'SELECT nothing FROM nowhere' } }],
  })
  const ended = await sync(platform, bad)
  await page.goto('/admin/connectors/history')
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row')
  await expect(rows.filter({ hasText: `#${ended.number}` })).toContainText('Error')
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
  await expect(rows.filter({ hasText: `#${ended.number}` })).toBeVisible()
  await page.reload()
  await expect(page.getByText(`#${ended.number + 1}`)).toBeHidden()
  await expect(rows.filter({ hasText: `#${ended.number}` })).toBeVisible()
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(rows.nth(1)).toContainText(`#${ended.number + 1}`)
  await page.goBack()
  await expect(page).toHaveURL(/\?status=ERROR$/)
  await expect(page.getByText(`#${ended.number + 1}`)).toBeHidden()
})

test('more runs than a page holds are turned over by cursor', async ({ page, platform, source }) => {
  test.slow()
  const many = await createConnector(platform, source, { name: 'Many', streams: [{ name: 'many', source: { sql: 'SELECT 1 AS id' } }] })
  for (let run = 0; run < 52; run++) await sync(platform, many)
  await page.goto(`/admin/connectors/history?connector=${many}`)
  const numbers = page.getByRole('table', { name: 'Runs' }).getByRole('link')
  await expect(numbers).toHaveCount(50)
  const newest = await numbers.first().innerText()
  await page.getByRole('button', { name: 'Older' }).click()
  await expect(numbers).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Older' })).toBeDisabled()
  await page.getByRole('button', { name: 'Newer' }).click()
  await expect(numbers).toHaveCount(50)
  await expect(numbers.first()).toHaveText(newest)
})
