import { startOData } from '@aiia/testkit/odata'
import { startS3 } from '@aiia/testkit/s3'
import type { Page } from '@playwright/test'
import { expect, heading, test } from '../fixtures.ts'

/** The second half of the wizard: takes one stream into a table, names the connector, and waits for its first run. */
const bring = async (page: Page, stream: RegExp, { into, name }: { into: string; name: string }): Promise<void> => {
  await page.getByRole('checkbox', { name: stream }).click()
  await page.getByLabel(/^Destination table of/).fill(into)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create connector' }).click()
  await expect(page).toHaveURL(/\/admin\/runs\/\d+$/)
  await expect(heading(page)).toContainText('Completed')
}

test('a new S3 connector brings the files of a bucket to the destination', async ({ page, database }) => {
  const server = await startS3()
  try {
    await server.createBucket('exports')
    const lines = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) => `${from + at};Booking ${from + at};${from + at}.25\n`).join('')
    await server.put('exports', 'daily/bookings-2026-11-24.csv', `id;text;amount\n${lines(1, 60)}`)
    await server.put('exports', 'daily/bookings-2026-11-25.csv', `id;text;amount\n${lines(61, 100)}`)
    await page.goto('/admin/connectors/new')
    await page.getByRole('radio', { name: 'S3, MinIO' }).click()
    await page.getByLabel('Endpoint').fill(server.url)
    await page.getByLabel('Bucket', { exact: true }).fill('exports')
    await page.getByLabel('Access key id').fill(server.credentials.accessKeyId)
    await page.getByLabel('Secret access key').fill(server.credentials.secretAccessKey)
    await page.getByRole('button', { name: 'Test connection' }).click()
    await expect(page.getByText('S3-compatible storage, 2 files')).toBeVisible()
    await page.getByRole('button', { name: 'Continue' }).click()
    // Files whose names differ in their dates only are one stream.
    await bring(page, /^Read .*bookings$/, { into: 'bookings_of_s3', name: 'Bucket of exports' })
    await expect(page.getByTestId('records')).toHaveText('100')
    await expect(page.getByText('every row accounted for')).toBeVisible()
    const [found] = await database.query('SELECT count(*)::int AS rows, sum(amount)::text AS amount FROM destination.bookings_of_s3')
    expect(found).toEqual({ rows: 100, amount: '5075.00' })
  } finally {
    await server.stop()
  }
})

test('a new OData connector brings an entity set to the destination', async ({ page, database }) => {
  const server = await startOData({ rows: 250, pageSize: 100 })
  try {
    await page.goto('/admin/connectors/new')
    await page.getByRole('radio', { name: 'OData' }).click()
    await page.getByLabel('Service address').fill(server.v4)
    await page.getByLabel('User').fill(server.user)
    await page.getByLabel('Password').fill(server.password)
    await page.getByRole('button', { name: 'Test connection' }).click()
    await expect(page.getByText(/^Connected in \d+ ms$/)).toBeVisible()
    await page.getByRole('button', { name: 'Continue' }).click()
    await bring(page, /^Read Large$/, { into: 'large_of_odata', name: 'Service of entities' })
    await expect(page.getByTestId('records')).toHaveText('250')
    await expect(page.getByText('every row accounted for')).toBeVisible()
    const [found] = await database.query('SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM destination.large_of_odata')
    expect(found).toEqual({ rows: 250, ids: 250 })
  } finally {
    await server.stop()
  }
})
