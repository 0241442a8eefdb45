import { createConnector } from '../platform/source.ts'
import { expect, openAlive, rowOf, test } from './fixtures.ts'

test('the console is driven from the keyboard', async ({ page, platform, source }) => {
  await createConnector(platform, source, {
    name: 'Keyboard one',
    streams: [{ name: 'keyboard_one', source: { table: 'public.vendors' } }],
  })
  await createConnector(platform, source, {
    name: 'Keyboard two',
    streams: [{ name: 'keyboard_two', source: { table: 'public.vendors' } }],
  })
  await openAlive(page, '/admin/connectors')
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Search connectors' })).toBeFocused()
  await page.keyboard.type('Keyboard')
  await expect(page.getByRole('row')).toHaveCount(3)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const second = page.getByRole('row').nth(2)
  await expect(second.getByRole('link').first()).toBeFocused()
  const name = await second.getByRole('link').first().innerText()
  await page.keyboard.press('s')
  await expect(rowOf(page, name)).toContainText('Completed')
  await page.keyboard.press('k')
  await expect(page.getByRole('row').nth(1).getByRole('link').first()).toBeFocused()
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page).toHaveURL('/admin/connectors/history')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Connector, run number or action' }).fill('keyboard one')
  await expect(page.getByRole('option', { name: 'Keyboard one', exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /Keyboard one/ })).toBeVisible()
})

test('single keys can be switched off', async ({ page, platform, source }) => {
  await createConnector(platform, source, { name: 'Searchable', streams: [{ name: 'searchable', source: { table: 'public.vendors' } }] })
  await openAlive(page, '/admin/connectors')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Single-key shortcuts' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).not.toBeFocused()
})
