import { createConnector } from '../platform/source.ts'
import { expect, findRow, test } from './fixtures.ts'

test('the platform is paused and resumed; every page says so meanwhile, and runs wait', async ({ page, platform, source }) => {
  await createConnector(platform, source, { name: 'Waits', streams: [{ name: 'waits', source: { table: 'public.vendors' } }] })
  await page.goto('/admin/system')
  await page.getByRole('button', { name: 'Pause for maintenance' }).click()
  await page.getByLabel('Reason').fill('Upgrade until six')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByText('Paused: Upgrade until six')).toBeVisible()

  await page.getByRole('link', { name: 'Connectors' }).first().click()
  await expect(page.getByText('Paused: Upgrade until six')).toBeVisible()
  const row = await findRow(page, 'Waits')
  await row.getByRole('button', { name: 'Sync Now Waits' }).click()
  await expect(row).toContainText('Pending')
  await row.getByRole('link', { name: /^Run #/ }).click()
  await expect(page.getByText(/Paused for maintenance since .* by admin@example\.com: Upgrade until six\./)).toBeVisible()

  await page.getByRole('link', { name: 'System' }).first().click()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('Paused: Upgrade until six')).toBeHidden()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Completed')
})
