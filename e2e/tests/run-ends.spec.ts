import { freePort } from '@aiia/testkit/free-port'
import { createConnector } from '../platform/source.ts'
import { expect, heading, test } from './fixtures.ts'

test('a run that fails says what happened, why, and what to do; Retry makes a new one', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Unreachable',
    streams: [{ name: 'unreachable', source: { table: 'public.items' } }],
    settings: { port: await freePort() },
    limits: { maxAttempts: 1 },
  })
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page
    .getByRole('table', { name: 'Last runs' })
    .getByRole('link', { name: /^#\d+$/ })
    .click()
  await expect(heading(page)).toContainText('Failed')
  const failure = page.getByRole('region', { name: /127\.0\.0\.1/ })
  await expect(failure).toContainText('CONNECTION_REFUSED')
  await expect(failure).toContainText('Root cause')
  await expect(failure).toContainText('nothing accepts connections on this port')
  await expect(failure).toContainText('Resolution')
  await expect(failure).toContainText('then click Retry')
  await failure.getByText('Trace', { exact: true }).click()
  await expect(failure.getByLabel('Trace')).toContainText('SyncError')
  await expect(page.getByRole('log')).toContainText('Job aborted with state FAILED.')
  await failure.getByRole('button', { name: 'Jump to the log line' }).click()
  await expect(page).toHaveURL(/#L\d+$/)
  const first = page.url().replace(/#.*/, '')
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(page).not.toHaveURL(first)
  await expect(page.getByText('retry of #')).toBeVisible()
  await expect(heading(page)).toContainText('Failed')
})

test('wrong SQL ends in Error with the place named', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Misspelt',
    streams: [{ name: 'misspelt', source: { sql: 'SELECT id, nmae FROM vendors' } }],
  })
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page
    .getByRole('table', { name: 'Last runs' })
    .getByRole('link', { name: /^#\d+$/ })
    .click()
  await expect(heading(page)).toContainText('Error')
  await expect(page.getByRole('region', { name: /nmae/ })).toContainText('Correct the')
})
