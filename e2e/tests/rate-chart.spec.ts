import { createConnector } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, heading, slowQuery, test } from './fixtures.ts'

test('how fast the rows come is drawn live, and is there when the run has ended', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Steady',
    streams: [{ name: 'steady', source: { sql: slowQuery(60, 0.1) } }],
  })
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page
    .getByRole('table', { name: 'Last runs' })
    .getByRole('link', { name: /^#\d+$/ })
    .click()
  const chart = page.getByRole('img', { name: /^Rows per second over/ })
  const inWords = async () => Number(/([\d,]+) on average/.exec((await chart.getAttribute('aria-label')) ?? '')?.[1]?.replace(',', ''))
  await expect(heading(page)).toContainText('Running')
  await expect.poll(inWords).toBeGreaterThan(100)
  await expect(heading(page)).toContainText('Running')
  const box = await page.getByRole('slider').boundingBox()

  await expect(heading(page)).toContainText('Completed', { timeout: 30_000 })
  expect(await page.getByRole('slider').boundingBox()).toEqual(box)
  await page.reload()
  expect(await inWords()).toBeGreaterThan(100)
  expect(await inWords()).toBeLessThan(2_000)
  const slider = page.getByRole('slider', { name: 'Moment of the run' })
  const value = page.getByTestId('rate-value')
  await expect(value).toBeHidden()
  await slider.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', /^[\d,]+ rows per second at .+, attempt 1$/)
  await expect(value).toContainText('rows/s')
  await expectNoViolations(page)

  await page.getByRole('button', { name: 'Show as table' }).click()
  const table = page.getByRole('table', { name: 'Rows per second' })
  await expect(table.getByRole('row').last()).toContainText('6,000')
  expect(await table.getByRole('row').count()).toBeGreaterThan(5)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Show as chart' }).click()
  await expect(chart).toBeVisible()
})

test('a run that fails before a row says so where the chart would be', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Rateless',
    streams: [{ name: 'rateless', source: { sql: 'SELECT nothing FROM nowhere' } }],
  })
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page
    .getByRole('table', { name: 'Last runs' })
    .getByRole('link', { name: /^#\d+$/ })
    .click()
  await expect(heading(page)).toContainText('Error')
  await expect(page.getByText('No row was read.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show as table' })).toBeDisabled()
})
