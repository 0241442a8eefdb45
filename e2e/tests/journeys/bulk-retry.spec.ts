import { freePort } from '@aiia/testkit/free-port'
import { createConnector, sync, triggerSync } from '../../platform/source.ts'
import { expectNoViolations } from '../accessibility.ts'
import { expect, slowQuery, test } from '../fixtures.ts'

test('selected runs are retried and cancelled together, after a question, as far as they can be', async ({ page, platform, source }) => {
  test.setTimeout(240_000)
  const closed = await freePort()
  const failing = await createConnector(platform, source, {
    name: 'Broken',
    streams: [{ name: 'broken', source: { table: 'public.vendors' } }],
    settings: { port: closed },
    limits: { maxAttempts: 1 },
  })
  const going = await createConnector(platform, source, {
    name: 'Endless',
    streams: [{ name: 'endless', source: { sql: slowQuery(6_000, 0.1) } }],
  })
  const [first, second] = [await sync(platform, failing), await sync(platform, failing)]
  await triggerSync(platform, going)
  await page.goto(`/admin/connectors/history?connector=${failing},${going}`)
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row')
  await expect(rows).toHaveCount(4)
  await expect(rows.nth(1)).toContainText('Running')

  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const bar = page.getByRole('region', { name: 'Selected runs' })
  await expect(bar.getByRole('status')).toHaveText('2 runs selected')
  await page.getByRole('checkbox', { name: `Select run #${first.number}` }).click()
  await expect(bar.getByRole('status')).toHaveText('3 runs selected')
  await expectNoViolations(page)

  await bar.getByRole('button', { name: 'Retry 1' }).click()
  const question = page.getByRole('dialog', { name: 'Retry 1 run?' })
  await expect(question).toContainText('Broken')
  await expect(question).toContainText('are left out')
  await question.getByRole('button', { name: 'Retry 1 run' }).click()
  await expect(page.getByText('1 run was retried')).toBeVisible({ timeout: 30_000 })
  await expect(bar).toBeHidden()
  await expect(rows).toHaveCount(5)
  await expect(rows.nth(1)).toContainText(`#${second.number + 2}`)

  await page.getByRole('checkbox', { name: 'Select all runs on this page' }).click()
  await expect(bar.getByRole('status')).toHaveText('4 runs selected')
  await expect(rows.nth(1)).toContainText('Failed')
  await bar.getByRole('button', { name: 'Cancel 1' }).click()
  await page.getByRole('dialog', { name: 'Cancel 1 run?' }).getByRole('button', { name: 'Cancel 1 run' }).click()
  await expect(page.getByText('1 run was cancelled')).toBeVisible({ timeout: 30_000 })
  await expect(rows.nth(2)).toContainText('Cancelled')
})
