import { createConnector, readLog, triggerSync } from '../platform/source.ts'
import { expect, heading, slowQuery, test } from './fixtures.ts'

test('the console says that it lost the platform, and comes back without a hole', async ({ page, platform, source, complaints }) => {
  const connector = await createConnector(platform, source, {
    name: 'Interrupted',
    streams: [{ name: 'interrupted', source: { sql: slowQuery(60, 0.2) } }],
  })
  const id = await triggerSync(platform, connector)
  const { jobRun } = await platform.graphql<{ jobRun: { number: number } }>('query ($id: ID!) { jobRun(id: $id) { number } }', { id })
  await page.goto(`/admin/runs/${jobRun.number}`)
  await expect(heading(page)).toContainText('Running')
  await expect(page.getByRole('log')).toContainText('Connecting to')
  await platform.processes.api.kill('SIGTERM')
  await expect(page.getByText('Live updates are interrupted.')).toBeVisible()
  await platform.processes.api.restart()
  await expect(page.getByText('Live updates are interrupted.')).toBeHidden({ timeout: 20_000 })
  await expect(heading(page)).toContainText('Completed', { timeout: 40_000 })
  await expect(page.getByRole('log')).toContainText('Job completed.')
  const shown = (await page.getByRole('log').innerText()).split('\n').filter((line) => line.trim() !== '')
  const stored = await readLog(platform, id)
  expect(shown.map((line) => line.replace(/: +/, ': '))).toEqual(stored.map(({ text }) => text))
  // The browser itself reports each try that found nobody.
  expect(complaints.splice(0).every((complaint) => /WebSocket|ERR_CONNECTION_REFUSED|Failed to load resource/.test(complaint))).toBe(true)
})
