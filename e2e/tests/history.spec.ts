import { createConnector, sync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, test } from './fixtures.ts'

test('the history is narrowed by time, and an address shows the same again', async ({ page, platform, source, database }) => {
  test.slow()
  const connector = await createConnector(platform, source, {
    name: 'Timed',
    streams: [{ name: 'timed', source: { table: 'public.vendors' } }],
  })
  const old = await sync(platform, connector)
  const recent = await sync(platform, connector)
  await database.query(`UPDATE platform.job_runs SET queued_at = now() - interval '3 days' WHERE number = $1`, [old.number])
  await page.goto(`/admin/connectors/history?connector=${connector}`)
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: /^#\d+/ })
  await expect(rows).toHaveCount(2)
  await page.getByRole('button', { name: /^Time/ }).click()
  const lastDay = page.getByRole('menuitemradio', { name: 'Last 24 hours' })
  await expect(lastDay).toBeVisible()
  await expectNoViolations(page)
  await lastDay.click()
  await expect(rows).toHaveText([`#${recent.number}`])
  await expect(page).toHaveURL(/&since=24h$/)
  await page.reload()
  await expect(rows).toHaveText([`#${recent.number}`])
  await expect(page.getByRole('button', { name: 'Time: Last 24 hours' })).toBeVisible()

  await page.getByRole('button', { name: /^Time/ }).click()
  await page.getByRole('menuitem', { name: 'From … to …' }).click()
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  await page.getByRole('dialog').getByLabel('To').fill(`${yesterday}T00:00`)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Show these runs' }).click()
  await expect(rows).toHaveText([`#${old.number}`])
  const address = page.url()
  expect(address).toMatch(/&to=\d{4}-\d\d-\d\dT\d\d:\d\dZ$/)
  await page.goto('/admin/connectors')
  await page.goto(address)
  await expect(rows).toHaveText([`#${old.number}`])
})

test('more runs than a page holds are turned over by cursor', async ({ page, platform, source }) => {
  test.slow()
  const many = await createConnector(platform, source, { name: 'Many', streams: [{ name: 'many', source: { sql: 'SELECT 1 AS id' } }] })
  for (let run = 0; run < 52; run++) await sync(platform, many)
  await page.goto(`/admin/connectors/history?connector=${many}`)
  const numbers = page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: /^#\d+/ })
  await expect(numbers).toHaveCount(50)
  const newest = await numbers.first().innerText()
  await page.getByRole('button', { name: 'Older' }).click()
  await expect(numbers).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Older' })).toBeDisabled()
  await page.getByRole('button', { name: 'Newer' }).click()
  await expect(numbers).toHaveCount(50)
  await expect(numbers.first()).toHaveText(newest)
})
