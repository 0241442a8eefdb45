import { createConnector } from '../platform/source.ts'
import { expect, test } from './fixtures.ts'

test('a connector tells what became of its scheduled times', async ({ page, platform, source, database }) => {
  await source.query('CREATE TABLE scheduled (id int PRIMARY KEY)')
  const connector = await createConnector(platform, source, {
    name: 'Nightly',
    streams: [{ name: 'scheduled', source: { table: 'public.scheduled' } }],
    schedule: { cron: '0 2 * * *', timeZone: 'Europe/Berlin', jitterSeconds: 300 },
  })
  /** The time has come, and this connector's share of the jitter is over. */
  const letBeDue = () =>
    database.query(
      `UPDATE platform.schedules s SET next_at = now(), offset_seconds = 0 FROM platform.connectors c WHERE c.id = s.connector_id AND c.name = 'Nightly'`,
    )
  const slots = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Scheduled times' }) })
    .getByRole('listitem')
  const release = await source.hold('scheduled')
  try {
    await letBeDue()
    await page.goto(`/admin/connectors/${connector}`)
    await expect(page.getByText('up to 5m 00s later')).toBeVisible()
    const seen = async (count: number) => {
      await page.reload()
      await expect(slots).toHaveCount(count, { timeout: 500 })
    }
    await expect(() => seen(1)).toPass()
    await letBeDue()
    await expect(() => seen(2)).toPass()
    await expect(slots.first()).toContainText('skipped')
    await expect(slots.first()).toContainText('was still active')
  } finally {
    await release()
  }
  await expect(slots.last()).toContainText('Completed')
  await slots.last().getByRole('link').click()
  await expect(page.getByRole('heading', { name: /Run #\d+|#\d+/ }).first()).toBeVisible()
})
