import { createConnector } from '../../platform/source.ts'
import { expect, heading, slowQuery, test } from '../fixtures.ts'

test('a run is cancelled after a question, and writes nothing', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Slow',
    streams: [{ name: 'slow', source: { sql: slowQuery(600, 0.1) } }],
  })
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page
    .getByRole('table', { name: 'Last runs' })
    .getByRole('link', { name: /^#\d+$/ })
    .click()
  await expect(heading(page)).toContainText('Running')
  await expect(page.getByRole('log')).toContainText('Connecting to')
  await page.getByRole('button', { name: 'Cancel' }).click()
  const question = page.getByRole('dialog', { name: /^Cancel run #/ })
  await question.getByRole('button', { name: 'Keep running' }).click()
  await expect(question).toBeHidden()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Cancel the run' }).click()
  await expect(heading(page)).toContainText('Cancelled')
  await expect(page.getByRole('log')).toContainText('Job aborted with state CANCELLED.')
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible()
  const [table] = await source.query<{ found: string | null }>(`SELECT to_regclass('destination.slow') AS found`)
  expect(table?.found).toBeNull()
})
