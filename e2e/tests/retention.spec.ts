import { createConnector, sync } from '../platform/source.ts'
import { expect, test } from './fixtures.ts'

test('retention is set with the connector, and a run whose log it took says so', async ({ page, platform, source, database }) => {
  const connector = await createConnector(platform, source, {
    name: 'Kept for a while',
    streams: [{ name: 'kept_for_a_while', source: { table: 'public.vendors' } }],
  })
  const { number } = await sync(platform, connector)
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('tab', { name: 'Settings' }).click()
  const days = page.getByLabel('Logs, days')
  await expect(days).toHaveValue('90')
  await days.fill('0')
  await page.getByRole('button', { name: 'Save' }).last().click()
  await expect(page.getByText(/lies between 1/)).toBeVisible()
  await days.fill('14')
  await page.getByRole('button', { name: 'Save' }).last().click()
  await expect(page.getByText(/lies between 1/)).toBeHidden()
  await page.reload()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await expect(days).toHaveValue('14')

  // As after 15 days and a later run.
  await database.query('UPDATE platform.job_runs SET log_removed_at = now() WHERE number = $1', [number])
  await page.goto(`/admin/runs/${number}`)
  await expect(page.getByText('The log was removed')).toBeVisible()
})

test('the default retention says what goes before it is changed', async ({ page, platform, source, database }) => {
  const connector = await createConnector(platform, source, {
    name: 'Kept by default',
    streams: [{ name: 'kept_by_default', source: { table: 'public.vendors' } }],
  })
  const { number } = await sync(platform, connector)
  await sync(platform, connector)
  await database.query(`UPDATE platform.job_runs SET finished_at = now() - interval '80 days' WHERE number = $1`, [number])
  await page.goto('/admin/settings/retention')
  await expect(page.getByRole('table', { name: 'Stored now' })).toContainText('Audit entries')
  const days = page.getByLabel('Logs, days')
  await days.fill('70')
  await expect(page.getByText(/^\d+ logs? with [\d,]+ lines/)).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Change' }).click()
  await expect(page.getByText(/Last changed .* by admin@example.com/)).toBeVisible()
  await page.goto(`/admin/connectors/${connector}?tab=settings`)
  await expect(page.getByLabel('Logs, days')).toHaveValue('70')
  await platform.graphql('mutation { updateRetention(input: { logsDays: 90 }) { changedBy } }')
})
