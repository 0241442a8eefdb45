import { createConnector, sync } from '../../platform/source.ts'
import { expectNoViolations } from '../accessibility.ts'
import { expect, heading, test } from '../fixtures.ts'

test('a column mismatch is repaired by the proposal that the run offers', async ({ page, platform, source, database }) => {
  test.slow()
  await source.query('CREATE TABLE partners (id int PRIMARY KEY, partner_name text NOT NULL, country text)')
  await source.query(`INSERT INTO partners SELECT i, 'Partner ' || i, 'DE' FROM generate_series(1, 20) i`)
  const connector = await createConnector(platform, source, {
    name: 'Partners',
    streams: [{ name: 'partners', source: { table: 'public.partners' } }],
  })
  await sync(platform, connector)
  await source.query('ALTER TABLE partners RENAME partner_name TO partners_name')
  await source.query(`INSERT INTO partners VALUES (21, 'Partner 21', 'FR')`)
  const { number, status } = await sync(platform, connector)
  expect(status).toBe('ERROR')
  await page.goto(`/admin/runs/${number}`)
  const proposal = page.getByRole('region', { name: /^Proposed mapping of partners/ })
  await expect(proposal.getByRole('row', { name: /renamed/ })).toContainText(/partner_name text NOT NULL\s*partners_name text NOT NULL/)
  await expect(proposal).toContainText('it goes on filling partner_name')
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Apply and run again' }).press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`/${number}$`))
  await expect(heading(page)).toContainText('Completed', { timeout: 30_000 })
  await expect(page.getByText('every row accounted for')).toBeVisible()
  const [found] = await database.query('SELECT count(*)::int AS rows, max(partner_name) AS last FROM destination.partners')
  expect(found).toEqual({ rows: 21, last: 'Partner 9' })
})
