import { createConnector, sync } from '../platform/source.ts'
import { expect, test } from './fixtures.ts'

test('a limit that was met leads to its field, which has the focus', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'Limited',
    streams: [{ name: 'limited', source: { sql: 'SELECT 1 AS id, pg_sleep(60)::text AS slept' } }],
    limits: { maxAttempts: 1, maxDurationSeconds: 2 },
  })
  const { number } = await sync(platform, connector)
  await page.goto(`/admin/runs/${number}`)
  await page.getByRole('link', { name: 'Raise the longest duration' }).click()
  const field = page.getByRole('textbox', { name: 'Longest run, s' })
  await expect(field).toBeFocused()
  await expect(field).toBeInViewport()
  await expect(page).toHaveURL(/\?tab=settings$/)
})
