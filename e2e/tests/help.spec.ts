import type { Page } from '@playwright/test'
import { createConnector, sync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, heading, test } from './fixtures.ts'

/** The page sets its title once it is alive: before, it has no ear for a pointer. */
const open = async (page: Page, number: number): Promise<void> => {
  await page.goto(`/admin/runs/${number}`)
  await expect(page).toHaveTitle(/^Completed/)
  // As the head does when it becomes alive after the page.
  await page.evaluate((title) => Object.assign(document, { title }), `Run #${number} · AIIA`)
  await expect(page).toHaveTitle(/^Completed/)
}

test('words explain themselves on hover, on focus and on tap, and the text stays as long as it is read', async ({
  page,
  platform,
  source,
  browser,
  session,
}) => {
  test.setTimeout(120_000)
  const connector = await createConnector(platform, source, {
    name: 'Helped',
    streams: [{ name: 'helped', source: { table: 'public.vendors' } }],
  })
  const { number } = await sync(platform, connector)
  await open(page, number)
  const help = page.getByRole('tooltip')
  const status = heading(page).getByText('Completed')

  // On hover; the pointer may go into the text.
  await status.hover()
  await expect(help).toHaveText('Every stream was read, matched and committed.')
  await help.hover()
  await expect(help).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  // On focus, and told to those who cannot see it.
  const superseded = page.getByRole('rowheader', { name: 'superseded' }).getByText('superseded', { exact: true })
  await page.mouse.move(0, 0)
  await page.getByRole('rowheader', { name: 'unchanged' }).getByText('unchanged', { exact: true }).focus()
  await page.keyboard.press('Tab')
  await expect(superseded).toBeFocused()
  await expect(help).toContainText('primary key came again')
  await expect(superseded).toHaveAccessibleDescription(/primary key came again/)
  await expectNoViolations(page, 'help')
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  await page.getByRole('link', { name: 'Job History' }).first().click()
  await expect(heading(page)).toHaveText('Job History')
  await page.getByRole('columnheader', { name: 'Status' }).getByText('Status').focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  for (const word of ['Pending', 'Running', 'Completed', 'Failed', 'Error', 'Cancelled']) await expect(help).toContainText(`${word}. `)
  await expectNoViolations(page, 'help of a heading')
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  // A badge of a row leads to its run as the row does.
  await page
    .getByRole('row')
    .filter({ hasText: `#${number}` })
    .getByText('Completed')
    .hover()
  await expect(help).toHaveText('Every stream was read, matched and committed.')
  await page
    .getByRole('row')
    .filter({ hasText: `#${number}` })
    .getByText('Completed')
    .click()
  await expect(page).toHaveURL(`/admin/runs/${number}`)

  const phone = await browser.newContext({
    baseURL: platform.url,
    storageState: session,
    hasTouch: true,
    viewport: { width: 390, height: 844 },
  })
  const tapped = await phone.newPage()
  await open(tapped, number)
  await heading(tapped).getByText('Completed').tap()
  await expect(tapped.getByRole('tooltip')).toHaveText('Every stream was read, matched and committed.')
  await tapped.getByRole('heading', { name: 'History' }).tap()
  await expect(tapped.getByRole('tooltip')).toBeHidden()
  await phone.close()
})
