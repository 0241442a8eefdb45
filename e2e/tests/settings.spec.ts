import type { Page } from '@playwright/test'
import { expectNoViolations } from './accessibility.ts'
import { expect, test } from './fixtures.ts'

const create = async (page: Page, button: string, fields: Record<string, string>, role: string) => {
  await page.getByRole('button', { name: button }).click()
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('radio', { name: role }).click()
  await expectNoViolations(page, button)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Create/ })
    .click()
}

/** What is shown once, taken along and put away. */
const takeSecret = async (page: Page, label: string): Promise<string> => {
  await expect(page.getByText('You will not see it again')).toBeVisible()
  const secret = await page.getByRole('textbox', { name: label }).inputValue()
  await expectNoViolations(page, label)
  // Not by accident.
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Copied' })).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  return secret
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

const asViewer = async (url: string, token: string): Promise<unknown> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{ viewer { name role } }"}',
  })
  return ((await response.json()) as { data: { viewer: unknown } }).data.viewer
}

// Each looks at several dialogs with axe.
test.describe.configure({ timeout: 180_000 })
test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']))

test('a token is made, shown once, used and revoked', async ({ page, platform }) => {
  await page.goto('/admin/connectors')
  await page.getByRole('link', { name: 'Settings' }).first().click()
  await create(page, 'New token', { Name: 'Nightly export' }, 'Viewer')
  const token = await takeSecret(page, 'API token')
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token)
  expect(await asViewer(platform.url, token)).toEqual({ name: 'Nightly export', role: 'VIEWER' })
  await page.reload()
  await expect(rowOf(page, 'Nightly export')).toContainText('just now')
  expect(await page.content()).not.toContain(token)

  await page.getByRole('button', { name: 'Revoke Nightly export' }).click()
  await expect(page.getByRole('dialog')).toContainText(token.slice(0, 10))
  await expectNoViolations(page, 'revoke')
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  // What lies behind a dialog is hidden as well.
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(rowOf(page, 'Nightly export')).toBeHidden()
  expect(await asViewer(platform.url, token)).toBeNull()
  await page.getByRole('button', { name: /^Show \d+ that ha/ }).click()
  await expect(rowOf(page, 'Nightly export')).toContainText('Revoked')
})

test('a person is made, signs in, chooses a password, and is shut out', async ({ page, platform, browser }) => {
  await page.goto('/admin/settings/people')
  await create(page, 'New person', { Name: 'Grace Hopper', Email: 'Grace@example.com' }, 'Viewer')
  const password = await takeSecret(page, 'Password of grace@example.com')

  const context = await browser.newContext({ baseURL: platform.url, storageState: { cookies: [], origins: [] } })
  const theirs = await context.newPage()
  await theirs.goto('/admin/settings')
  await theirs.getByLabel('Email').fill('grace@example.com')
  await theirs.getByLabel('Password').fill(password)
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await theirs.waitForURL('/admin/settings/account')
  await expect(theirs.getByText('Your password was generated for you')).toBeVisible()
  // Only what is theirs.
  await expect(theirs.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText(['Your account'])
  await theirs.getByLabel('Current password').fill(password)
  await theirs.getByLabel('New password', { exact: true }).fill('a password of my own')
  await theirs.getByLabel('New password again').fill('a password of my won')
  await theirs.getByRole('button', { name: 'Change password' }).click()
  await expect(theirs.getByText('The two are not the same.')).toBeVisible()
  await theirs.getByLabel('New password again').fill('a password of my own')
  await theirs.getByRole('button', { name: 'Change password' }).click()
  await expect(theirs.getByText('Your password is changed')).toBeVisible()
  await expect(theirs.getByText('Your password was generated for you')).toBeHidden()

  const action = async (name: string) => {
    await page.getByRole('button', { name: 'Actions for Grace Hopper' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await action('Edit name and role')
  await page.getByRole('radio', { name: 'Operator' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(rowOf(page, 'Grace Hopper')).toContainText('Operator')
  await action('Deactivate')
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(rowOf(page, 'Grace Hopper')).toContainText('Deactivated')
  await theirs.goto('/admin/connectors')
  await expect(theirs).toHaveURL(/\/login/)
  await action('Remove')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(rowOf(page, 'Grace Hopper')).toBeHidden()
  await context.close()
})

test('the last administrator is not offered what would lock everybody out', async ({ page }) => {
  await page.goto('/admin/settings/people')
  await page.getByRole('button', { name: 'Actions for Administrator' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Edit name and role'])
})

test('the audit log tells who did what, is searched, and verified', async ({ page }) => {
  await page.goto('/admin/settings/people')
  await page.getByRole('button', { name: 'Actions for Administrator' }).click()
  await page.getByRole('menuitem', { name: 'Edit name and role' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Ada')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(rowOf(page, 'Ada')).toBeVisible()

  await page.getByRole('link', { name: 'Audit log' }).click()
  const entry = page.getByRole('row').filter({ hasText: 'Person changed' }).first()
  await expect(entry).toContainText('name: Administrator → Ada')
  await expect(entry).toContainText('127.0.0.1')
  await page.getByRole('button', { name: 'Action' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Signed in' }).click()
  await page.keyboard.press('Escape')
  await expect(entry).toBeHidden()
  await expect(page).toHaveURL(/action=SIGNED_IN/)
  await page.getByLabel('Search the audit log').fill('nobody has this name')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No entry matches')).toBeVisible()
  await expectNoViolations(page, 'audit log')
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText(/^All \d+ entries are as written/)).toBeVisible()
})
