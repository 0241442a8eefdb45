import type { Locator, Page } from '@playwright/test'
import { createConnector, sync } from '../platform/source.ts'
import { expect, heading, test } from './fixtures.ts'

/** In both themes. What moves or tells the time is left out: a picture differs only when the look does. */
const expectLook = async (page: Page, part: Locator, name: string): Promise<void> => {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(part).toHaveScreenshot(`${name}-${theme}.png`)
  }
}

test('signing in looks as it did', async ({ browser, platform }) => {
  const stranger = await browser.newContext({
    baseURL: platform.url,
    storageState: { cookies: [], origins: [] },
    viewport: { width: 390, height: 700 },
  })
  const page = await stranger.newPage()
  await page.goto('/login')
  await expectLook(page, page.getByRole('main'), 'sign-in')
  await stranger.close()
})

test('the kinds of sources, an explained failure and a receipt look as they did', async ({ page, platform, source }) => {
  await page.goto('/admin/connectors/new')
  await expectLook(page, page.getByRole('radiogroup', { name: 'Kind of source' }), 'kinds')

  await page.goto('/admin/help/failures')
  await expectLook(page, page.locator('#COLUMN_MISSING'), 'failure')

  await source.query(
    `CREATE TABLE pictured AS SELECT i AS id, CASE i WHEN 7 THEN 'x' ELSE i::text END AS amount FROM generate_series(1, 40) i`,
  )
  const connector = await createConnector(platform, source, {
    name: 'Pictured',
    streams: [
      {
        name: 'pictured',
        source: { table: 'public.pictured' },
        rejectLimit: 5,
        fields: [
          { source: 'id', type: null },
          { source: 'amount', type: 'int' },
        ],
      },
    ],
  })
  const { number } = await sync(platform, connector)
  await page.goto(`/admin/runs/${number}`)
  await expect(heading(page)).toContainText('Completed')
  await expectLook(page, page.getByRole('table', { name: 'What became of the rows that were read' }), 'receipt')
})
