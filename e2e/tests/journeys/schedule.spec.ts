import { createConnector } from '../../platform/source.ts'
import { expectNoViolations } from '../accessibility.ts'
import { expect, test } from '../fixtures.ts'

test('a schedule is written as a sentence, its runs come by themselves, and a time that met a run is told', async ({
  page,
  platform,
  source,
  database,
}) => {
  await source.query('CREATE TABLE scheduled (id int PRIMARY KEY)')
  const connector = await createConnector(platform, source, {
    name: 'Nightly',
    streams: [{ name: 'scheduled', source: { table: 'public.scheduled' } }],
  })
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('tab', { name: 'Schedule' }).click()
  await page.getByRole('switch', { name: 'Run by itself, on a schedule' }).click()
  const [runs, time, text] = [
    page.getByRole('combobox', { name: 'Runs' }),
    page.getByLabel('At', { exact: true }),
    page.getByLabel('CRON text'),
  ]
  await runs.click()
  await page.getByRole('option', { name: 'On weekdays' }).click()
  await time.fill('06:30')
  await expect(text).toHaveValue('30 6 * * 1-5')
  await text.fill('0 2 * * 9')
  await expect(text).toHaveAttribute('aria-invalid', 'true')
  await text.fill('0 2 * * *')
  await expect(runs).toHaveText('Every day')
  await expect(time).toHaveValue('02:00')
  await page.getByLabel('Time zone').fill('Europe/Berlin')
  await page.getByLabel('Spread, s').fill('300')
  const next = page.getByRole('region', { name: 'Next runs' }).getByRole('listitem')
  await expect(next).toHaveText(Array.from({ length: 5 }, () => /02:00/))
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Save the schedule' }).click()
  await expect(page.getByText('Nightly is saved')).toBeVisible()
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
