import type { Locator } from '@playwright/test'
import { createConnector, readLog } from '../platform/source.ts'
import { expect, findRow, heading, slowQuery, test } from './fixtures.ts'

const lineForm = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] (DEBUG|INFO|WARN|ERROR|FATAL): +\S/

/** Every text that an element shows from now on, seen from within the page: nothing is too short to be missed. */
const recordText = async (element: Locator): Promise<() => Promise<string[]>> => {
  const texts = await element.evaluateHandle((node: HTMLElement) => {
    const all: string[] = []
    new MutationObserver(() => all.push(node.innerText)).observe(node, { subtree: true, childList: true, characterData: true })
    return all
  })
  return () => texts.jsonValue()
}

test('Sync Now: the badge goes Pending, Running, Completed while the count moves, and every record arrives', async ({
  page,
  platform,
  source,
}) => {
  await createConnector(platform, source, {
    name: 'Watched items',
    streams: [{ name: 'watched_items', source: { table: 'public.items' } }],
  })
  const [counted] = await source.query<{ count: string }>('SELECT count(*) FROM items')
  const total = Number(counted?.count).toLocaleString('en-US')
  await page.goto('/admin/connectors')
  const row = await findRow(page, 'Watched items')
  await expect(row).toContainText('Never synced')
  const shown = await recordText(row)
  await page.getByRole('button', { name: 'Sync Now Watched items' }).click()
  await expect(row).toContainText('Completed', { timeout: 45_000 })
  const seen = (await shown()).map((text) => ({
    state: /Pending|Running|Completed|Failed|Error|Cancelled/.exec(text)?.[0] ?? '',
    count: /\b\d{1,3}(,\d{3})+\b/.exec(text)?.[0] ?? '0',
  }))
  const states = new Set(seen.map(({ state }) => state))
  const counts = new Set(seen.filter(({ state }) => state === 'Running').map(({ count }) => count))
  expect([...states].filter(Boolean)).toEqual(['Pending', 'Running', 'Completed'])
  expect(counts.size, `counts seen: ${[...counts].join(' ')}`).toBeGreaterThanOrEqual(5)
  await expect(row).toContainText(total)

  await row.getByRole('link', { name: /^Run #/ }).click()
  await expect(heading(page)).toContainText('Completed')
  await expect(page.getByTestId('records')).toHaveText(total)
  await expect(page.getByText('every row accounted for')).toBeVisible()
  const log = page.getByRole('log')
  await expect(log).toContainText('Job completed.')
  const lines = (await log.innerText()).split('\n').filter((line) => line.trim() !== '')
  for (const line of lines) expect(line).toMatch(lineForm)
  expect(lines[0]).toMatch(/INFO: +Starting data refresh job run #\d+ \(Watched items\)$/)
})

test('a run is watched live on its page, and a page opened late shows the same log', async ({ page, context, platform, source }) => {
  await createConnector(platform, source, { name: 'Live items', streams: [{ name: 'live_items', source: { table: 'public.items' } }] })
  const release = await source.hold('items')
  await page.goto('/admin/connectors')
  const row = await findRow(page, 'Live items')
  await row.getByRole('button', { name: 'Sync Now Live items' }).click()
  await row.getByRole('link', { name: /^Run #/ }).click()
  await expect(heading(page)).toContainText('Running')
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Records read' })).toBeVisible()
  await release()
  await expect(heading(page)).toContainText('Completed', { timeout: 30_000 })
  const seen = await page.getByRole('log').innerText()
  const late = await context.newPage()
  await late.goto(page.url())
  await expect(late.getByRole('log')).toContainText('Job completed.')
  expect(await late.getByRole('log').innerText()).toBe(seen)
  const { jobRun } = await platform.graphql<{ jobRun: { id: string } }>('query ($number: Int!) { jobRun(number: $number) { id } }', {
    number: Number(/\d+$/.exec(page.url())?.[0]),
  })
  const stored = await readLog(platform, jobRun.id)
  expect(seen.split('\n').filter((line) => line.trim() !== '')).toHaveLength(stored.length)
})

test('a second sync while one runs is refused, and names the run in the way', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Busy',
    streams: [{ name: 'busy', source: { sql: slowQuery(200, 0.05) } }],
  })
  await page.goto(`/admin/connectors/${connector}`)
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await expect(page.getByRole('button', { name: 'Syncing…' })).toBeDisabled()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Connector, run number or action' }).fill('Sync now: Busy')
  await expect(page.getByRole('option', { name: 'Sync now: Busy' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Open run #\d+$/ }).click()
  await expect(page).toHaveURL(/\/admin\/runs\/\d+$/)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Cancel the run' }).click()
  await expect(heading(page)).toContainText('Cancelled')
})
