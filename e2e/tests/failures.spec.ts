import { createConnector, sync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, heading, test } from './fixtures.ts'

test('a failed run leads to what its failure means; the catalogue is searched, and opened from the palette', async ({
  page,
  platform,
  source,
}) => {
  test.setTimeout(120_000)
  const connector = await createConnector(platform, source, {
    name: 'Explained',
    streams: [{ name: 'explained', source: { sql: 'SELECT nothing FROM nowhere' } }],
  })
  const { number } = await sync(platform, connector)
  await page.goto(`/admin/runs/${number}`)
  await page.getByRole('link', { name: 'INVALID_QUERY' }).click()
  await expect(heading(page)).toHaveText('Failures explained')
  const entry = page.getByRole('region', { name: 'Query refused' })
  await expect(entry).toBeInViewport()
  await expect(entry).toHaveAttribute('data-chosen')
  await expect(entry).toContainText('Correct the SQL')

  await page.getByLabel('Search failures').fill('firewall')
  await expect(page.getByRole('region', { name: 'Connection timeout' })).toBeVisible()
  await expect(entry).toBeHidden()
  await page.getByLabel('Search failures').fill('no such failure')
  await expect(page.getByText('No failure matches')).toBeVisible()
  await expectNoViolations(page, 'nothing found')

  await page.getByRole('link', { name: 'Connectors' }).first().click()
  await expect(heading(page)).toHaveText('Connectors')
  await page.keyboard.press('Control+k')
  await page.getByLabel('Connector, run number or action').fill('worker lost')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Worker lost' })).toBeInViewport()

  // The search that hides it gives way to it, though it is where one is already.
  for (const word of ['firewall', 'certificate']) {
    await page.getByLabel('Search failures').fill(word)
    await expect(page.getByRole('region', { name: 'Worker lost' })).toBeHidden()
    await page.keyboard.press('Control+k')
    await page.getByLabel('Connector, run number or action').fill('worker lost')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Worker lost' })).toBeInViewport()
    await expect(page.getByRole('region', { name: 'Worker lost' })).toHaveAttribute('data-chosen')
  }
})

test('a link to one failure opens at it', async ({ page }) => {
  await page.goto('/admin/help/failures#CONTROL_TOTAL_MISMATCH')
  await expect(page.getByRole('region', { name: 'Control totals differ' })).toBeInViewport()
})
