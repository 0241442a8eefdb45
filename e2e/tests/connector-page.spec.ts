import { createConnector, sync, triggerSync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, heading, test } from './fixtures.ts'

const stream = (name: string) => [{ name, source: { table: 'public.vendors' } }]

test('the overview tells how fresh the data is, draws the runs, and has a table behind each chart', async ({ page, platform, source }) => {
  await source.query('CREATE TABLE charted AS SELECT i AS id FROM generate_series(1, 120) i')
  const id = await createConnector(platform, source, {
    name: 'Charted',
    streams: [{ name: 'charted', source: { table: 'public.charted' } }],
    schedule: { cron: '0 2 * * *' },
  })
  await page.goto(`/admin/connectors/${id}`)
  const freshness = page.getByRole('region', { name: 'Freshness' })
  await expect(freshness).toContainText('No data yet')
  await expect(freshness).toContainText('Every day at 02:00')

  await sync(platform, id)
  await expect(freshness).toContainText('On time')
  await expect(freshness).toContainText('100%')
  const bars = page.locator('.recharts-bar-rectangle')
  // One run, drawn by both charts.
  await expect(bars).toHaveCount(2)
  await expect(page.getByText('a trend shows from the second on')).toBeVisible()

  await source.query('ALTER TABLE charted RENAME TO charted_away')
  const failed = await sync(platform, id)
  expect(['ERROR', 'FAILED']).toContain(failed.status)
  await expect(bars).toHaveCount(4)
  await expect(freshness).toContainText('50.0%')
  await expect(freshness).toContainText('1 of 2 in 30 days')
  await expectNoViolations(page)

  // Who listens has it always, who looks on request.
  const records = page.getByRole('table', { name: 'Records' })
  await expect(records.getByRole('row')).toHaveCount(3)
  await expect(records).toContainText('120')
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Records' }) })
  await card.last().getByRole('button', { name: 'Show as table' }).click()
  await expect(bars).toHaveCount(2)
  await records.getByRole('link', { name: `#${failed.number}` }).focus()
  await expectNoViolations(page)
  await records.getByRole('link', { name: `#${failed.number}` }).click()
  await expect(page).toHaveURL(`/admin/runs/${failed.number}`)
})

test('a bar says which run it is, and leads to it', async ({ page, platform, source }) => {
  const id = await createConnector(platform, source, { name: 'Pointed at', streams: stream('pointed_at') })
  const run = await sync(platform, id)
  await page.goto(`/admin/connectors/${id}`)
  const bar = page.locator('.recharts-bar-rectangle').first()
  const tooltip = page.locator('.recharts-tooltip-wrapper').first()
  // A chart that is still being drawn does not notice a pointer that stands still.
  await expect(async () => {
    await page.mouse.move(0, 0)
    await bar.hover()
    await expect(tooltip).toContainText(`#${run.number} · Completed`, { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await expect(tooltip).toContainText('250 records')
  await bar.click()
  await expect(page).toHaveURL(`/admin/runs/${run.number}`)
})

test('a due time that brought nothing is late', async ({ page, platform, source, database }) => {
  const id = await createConnector(platform, source, { name: 'Late', streams: stream('late'), schedule: { cron: '0 2 * * *' } })
  await sync(platform, id)
  await database.query(
    `INSERT INTO platform.schedule_slots (connector_id, scheduled_for, reason) SELECT id, now() + interval '1 second', 'Skipped.' FROM platform.connectors WHERE name = 'Late'`,
  )
  await page.goto(`/admin/connectors/${id}`)
  await expect(page.getByRole('region', { name: 'Freshness' })).toContainText('Late')
  await expectNoViolations(page)
})

test('the job history of a connector is live, has its own runs only, and keeps tab and filters in the address', async ({
  page,
  platform,
  source,
}) => {
  const id = await createConnector(platform, source, { name: 'Own history', streams: stream('own_history') })
  const other = await createConnector(platform, source, { name: 'Other history', streams: stream('other_history') })
  const foreign = await sync(platform, other)
  const own = await sync(platform, id)
  await page.goto(`/admin/connectors/${id}`)
  await page.getByRole('tab', { name: 'Job history' }).click()
  await expect(page).toHaveURL(/\?tab=history$/)
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row')
  const runRow = (number: number) => rows.filter({ has: page.getByRole('link', { name: `#${number}`, exact: true }) })
  await expect(runRow(own.number)).toContainText('Completed')
  await expect(runRow(foreign.number)).toHaveCount(0)
  await triggerSync(platform, id)
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1)).toContainText('Completed')
  await page.getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\?tab=history&status=FAILED$/)
  await expect(page.getByText('No run matches')).toBeVisible()
  await page.reload()
  await expect(page.getByText('No run matches')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(page).toHaveURL(/\?tab=history$/)
  await expect(rows).toHaveCount(3)
})

test('a connector is duplicated, and the copy waits', async ({ page, platform, source }) => {
  const id = await createConnector(platform, source, {
    name: 'Template',
    streams: stream('template'),
    schedule: { cron: '0 2 * * *' },
  })
  await page.goto(`/admin/connectors/${id}`)
  await page.getByRole('button', { name: 'More actions for Template' }).click()
  await expectNoViolations(page)
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(heading(page)).toContainText('Template (copy)')
  await expect(heading(page)).toContainText('Paused')
  await expect(page.getByText('stored, sealed')).toBeVisible()
  await page.getByRole('tab', { name: /^Streams/ }).click()
  await expect(page.getByText('destination.template_copy')).toBeVisible()
  // Its credentials work.
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await expect(heading(page)).toContainText('Completed')
})
