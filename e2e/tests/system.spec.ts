import { createConnector } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, slowQuery, test } from './fixtures.ts'

test('the system page shows what each worker runs, what waits and for what, and names what is not well', async ({
  page,
  platform,
  source,
  database,
}) => {
  test.setTimeout(240_000)
  const slow = await createConnector(platform, source, {
    name: 'Takes its time',
    streams: [{ name: 'takes_its_time', source: { sql: slowQuery(1000, 0.5) } }],
  })
  const { triggerSync: run } = await platform.graphql<{ triggerSync: { id: string; number: number } }>(
    'mutation ($id: ID!) { triggerSync(connectorId: $id) { id number } }',
    { id: slow },
  )
  await page.goto('/admin/system')
  const workers = page.getByRole('table', { name: 'Workers' })
  await expect(workers.getByRole('link', { name: `#${run.number} Takes its time` })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Schedulers' })).toBeVisible()
  await expect(page.getByText(/^\d+(\.\d+)? ms$/)).toBeVisible()

  // As a worker leaves that is killed.
  await database.query(
    `INSERT INTO platform.workers (id, host, pid, version, slots, started_at, seen_at) VALUES ('lost', 'lost-host', 7, '1.0.0-beta', 2, now(), now() - interval '1 minute')`,
  )
  await expect(page.getByText('A worker has fallen silent: lost-host, process 7')).toBeVisible()
  await expect(workers.getByRole('row').filter({ hasText: 'lost-host' })).toContainText('Silent')
  await expectNoViolations(page, 'system with a problem')
  await database.query(`DELETE FROM platform.workers WHERE id = 'lost'`)
  await expect(page.getByText('fallen silent')).toBeHidden()

  await platform.graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { status } }', { id: run.id })
  await expect(workers.getByRole('link', { name: `#${run.number} Takes its time` })).toBeHidden()
})

test('the run that waits longest is shown with what it waits for', async ({ page, platform, source }) => {
  test.setTimeout(120_000)
  await platform.graphql('mutation { pausePlatform(reason: "upgrade") { mode } }')
  const connector = await createConnector(platform, source, {
    name: 'Has to wait',
    streams: [{ name: 'waiting', source: { table: 'public.vendors' } }],
  })
  await platform.graphql('mutation ($id: ID!) { triggerSync(connectorId: $id) { id } }', { id: connector })
  await page.goto('/admin/system')
  await expect(page.getByText('Waits longest')).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/Paused for maintenance since .*: upgrade/)
  await platform.graphql('mutation { resumePlatform { mode } }')
  await expect(page.getByText('Waits longest')).toBeHidden()
})
