import type { Page } from '@playwright/test'
import { createConnector, sync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, openAlive, test } from './fixtures.ts'

const widths = [360, 768, 1440, 2560]

/** No violation in either theme, and nothing that is wider than the window. */
const expectSound = async (page: Page, path: string) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(path)
  await expect(page.getByRole('main')).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectNoViolations(page, `${path} light`)
  // The page itself changes with the system's theme: the same elements, in other colours.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expectNoViolations(page, `${path} dark`)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), `${path} at ${width}`)
      .toBe(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('every screen meets WCAG 2.2 AA in both themes, fits every width, and logs nothing', async ({
  page,
  platform,
  source,
  complaints,
}) => {
  // Twenty-one screens in two themes and four widths.
  test.setTimeout(500_000)
  const good = await createConnector(platform, source, { name: 'Sound', streams: [{ name: 'sound', source: { table: 'public.vendors' } }] })
  const bad = await createConnector(platform, source, {
    name: 'Unsound, with a name as long as names become when many people have a say in them',
    streams: [{ name: 'unsound', source: { sql: 'SELECT nothing FROM nowhere' } }],
  })
  await source.query(`CREATE TABLE moody (id int PRIMARY KEY, mood text, long_column_name_as_some_sources_have_them text)`)
  await source.query(
    `INSERT INTO moody SELECT i, CASE WHEN i % 9 = 0 THEN 'bad' ELSE i::text END, repeat('long ', 40) FROM generate_series(1, 40) i`,
  )
  const fields = ['id', 'mood', 'long_column_name_as_some_sources_have_them'].map((name) => ({
    source: name,
    type: name === 'mood' ? 'int' : null,
  }))
  const mapped = { name: 'moody', source: { table: 'public.moody' }, rejectLimit: 10, fields }
  const moody = await createConnector(platform, source, {
    name: 'Moody',
    streams: [mapped, { name: 'moody_as_it_is', source: mapped.source }],
  })
  const { number: completed } = await sync(platform, good)
  const { number: failed } = await sync(platform, bad)
  const { number: rejecting } = await sync(platform, moody)
  await source.query('ALTER TABLE moody RENAME mood TO moods; ALTER TABLE moody ADD late int')
  const { number: proposing } = await sync(platform, moody)
  for (const path of [
    '/admin/connectors',
    '/admin/connectors/history',
    '/admin/connectors/history?status=CANCELLED&trigger=SCHEDULED',
    '/admin/connectors/new',
    `/admin/connectors/${good}`,
    `/admin/connectors/${good}?tab=streams`,
    `/admin/connectors/${moody}?tab=streams&stream=moody`,
    `/admin/connectors/${good}?tab=schedule`,
    `/admin/connectors/${good}?tab=history`,
    `/admin/connectors/${good}?tab=settings`,
    `/admin/runs/${completed}`,
    `/admin/runs/${failed}`,
    `/admin/runs/${rejecting}`,
    `/admin/runs/${proposing}`,
    '/admin/system',
    '/admin/settings/tokens',
    '/admin/settings/people',
    '/admin/settings/notifications',
    '/admin/settings/retention',
    '/admin/settings/audit',
    '/admin/settings/account',
    '/admin/help/failures',
  ]) {
    await expectSound(page, path)
  }
  // The browser itself reports that there is nothing.
  await expectSound(page, '/admin/runs/999999')
  await expectSound(page, '/nowhere')
  expect(complaints.splice(0).filter((complaint) => !complaint.includes('404'))).toEqual([])
})

test('the way in meets WCAG 2.2 AA in both themes', async ({ browser, platform }) => {
  const context = await browser.newContext({ baseURL: platform.url, storageState: { cookies: [], origins: [] } })
  await expectSound(await context.newPage(), '/login')
  await context.close()
})

test('what opens over a page meets WCAG 2.2 AA', async ({ page }) => {
  await openAlive(page, '/admin/connectors/history')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Status' }).click()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await expectNoViolations(page)
})
