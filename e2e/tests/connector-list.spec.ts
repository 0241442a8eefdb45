import { createConnector, sync, triggerSync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, rowOf, signIn, test } from './fixtures.ts'

const stream = (name: string) => [{ name, source: { table: 'public.vendors' } }]
const broken = (name: string) => [{ name, source: { sql: 'SELECT nothing FROM nowhere' } }]

test('a row draws its last runs, in words too, and a new one appears by itself', async ({ page, platform, source }) => {
  const drawn = await createConnector(platform, source, { name: 'Drawn', streams: stream('drawn') })
  await sync(platform, drawn)
  const { number } = await sync(platform, drawn)
  await page.goto('/admin/connectors')
  const row = rowOf(page, 'Drawn')
  await expect(row).toContainText('Last 2 runs: 2 completed')
  await triggerSync(platform, drawn)
  await expect(row).toContainText('Last 3 runs: 3 completed')

  const bars = row.locator('svg').filter({ has: page.locator('line') })
  await expect(bars.locator('path')).toHaveAttribute('d', /^(M[^M]+){3}$/)
  const box = await bars.boundingBox()
  await bars.hover({ position: { x: (box?.width ?? 0) - 9, y: 10 } })
  await expect(page.getByText(`#${number} · Completed`)).toBeVisible()
  await bars.click({ position: { x: (box?.width ?? 0) - 9, y: 10 } })
  await expect(page).toHaveURL(`/admin/runs/${number}`)
})

test('the list is filtered by kind, last status and state, and keeps that in the address', async ({ page, platform, source }) => {
  await createConnector(platform, source, { name: 'Filtered well', streams: stream('filtered_well') })
  const bad = await createConnector(platform, source, { name: 'Filtered badly', streams: broken('filtered_badly') })
  await sync(platform, bad)
  const choose = async (filter: string, choice: string) => {
    await page.getByRole('button', { name: filter }).click()
    await page.getByRole('menuitemcheckbox', { name: choice }).click()
    await page.keyboard.press('Escape')
  }
  await page.goto('/admin/connectors')
  await choose('Last status', 'Error')
  await expect(page).toHaveURL(/\?status=ERROR$/)
  await expect(rowOf(page, 'Filtered badly')).toBeVisible()
  await expect(rowOf(page, 'Filtered well')).toBeHidden()
  await page.reload()
  await expect(rowOf(page, 'Filtered badly')).toBeVisible()
  await expect(rowOf(page, 'Filtered well')).toBeHidden()
  await choose('Kind', 'MySQL')
  await expect(page).toHaveURL(/\?status=ERROR&kind=mysql$/)
  await expect(page.getByText('No connector matches')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Clear search and filters' }).click()
  await expect(page).toHaveURL('/admin/connectors')
  await expect(rowOf(page, 'Filtered well')).toBeVisible()
})

test('several connectors are synced and paused at once, and one message says what came of it', async ({ page, platform, source }) => {
  await source.query('CREATE TABLE held_in_bulk (id int PRIMARY KEY)')
  const busy = await createConnector(platform, source, {
    name: 'Bulk A',
    streams: [{ name: 'bulk_a', source: { table: 'public.held_in_bulk' } }],
  })
  await createConnector(platform, source, { name: 'Bulk B', streams: stream('bulk_b') })
  await createConnector(platform, source, { name: 'Bulk C', streams: stream('bulk_c') })
  const release = await source.hold('held_in_bulk')
  await triggerSync(platform, busy)
  await page.goto('/admin/connectors')
  await page.getByRole('searchbox', { name: 'Search connectors' }).fill('Bulk')
  await expect(page.getByRole('row')).toHaveCount(4)
  // From the keyboard, row by row.
  await rowOf(page, 'Bulk A').getByRole('link', { name: 'Bulk A', exact: true }).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const bar = page.getByRole('region', { name: 'Selected connectors' })
  await expect(bar).toContainText('2 selected')
  await expectNoViolations(page)
  await page.getByRole('checkbox', { name: 'Select all connectors shown' }).click()
  await expect(bar).toContainText('3 selected')
  await bar.getByRole('button', { name: 'Sync' }).click()
  await expect(page.getByText('2 syncs started, 1 was already running')).toBeVisible()
  await expect(rowOf(page, 'Bulk B')).toContainText('Completed')
  await bar.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('3 connectors paused')).toBeVisible()
  for (const name of ['Bulk A', 'Bulk B', 'Bulk C']) await expect(rowOf(page, name)).toContainText('Paused')
  await page.getByRole('checkbox', { name: 'Select Bulk B' }).click()
  await bar.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('2 connectors resumed')).toBeVisible()
  await expect(rowOf(page, 'Bulk B')).toContainText('Paused')
  await expect(rowOf(page, 'Bulk A')).not.toContainText('Paused')
  await bar.getByRole('button', { name: 'Clear the selection' }).click()
  await expect(bar).toBeHidden()
  await release()
  await expect(rowOf(page, 'Bulk A')).toContainText('Completed')
})

test('who may only look selects nothing', async ({ browser, platform, source }) => {
  await createConnector(platform, source, { name: 'Looked at', streams: stream('looked_at') })
  const pageOf = async (role: 'VIEWER' | 'OPERATOR') => {
    const email = `${role.toLowerCase()}-of-the-list@example.com`
    const { createPerson } = await platform.graphql<{ createPerson: { password: string } }>(
      'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { password } }',
      { input: { name: role, email, role } },
    )
    const storageState = await signIn({ url: platform.url, email, password: createPerson.password })
    return browser.newPage({ baseURL: platform.url, storageState })
  }
  const viewers = await pageOf('VIEWER')
  await viewers.goto('/admin/connectors')
  await expect(rowOf(viewers, 'Looked at')).toBeVisible()
  await expect(viewers.getByRole('checkbox')).toHaveCount(0)
  await viewers.close()
  const operators = await pageOf('OPERATOR')
  await operators.goto('/admin/connectors')
  await operators.getByRole('checkbox', { name: 'Select Looked at' }).click()
  await expect(operators.getByRole('button', { name: 'Sync', exact: true })).toBeVisible()
  await expect(operators.getByRole('button', { name: 'Pause' })).toHaveCount(0)
  await operators.close()
})
