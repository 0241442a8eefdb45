import { expect, test } from './fixtures.ts'

test.use({ storageState: { cookies: [], origins: [] } })

test('a wrong password is refused with a reason, the right one leads to where one wanted to go', async ({ page, platform, complaints }) => {
  await page.goto('/admin/connectors/history?status=FAILED')
  await expect(page).toHaveURL(/\/login\?next=/)
  await page.getByLabel('Email').fill(platform.email)
  await page.getByLabel('Password').fill('wrong password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible()
  // The browser itself reports the refusal.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('401')])
  await page.getByLabel('Password').fill(platform.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/admin/connectors/history?status=FAILED')
  await expect(page.getByRole('heading', { name: 'Job History' })).toBeVisible()
})

test('what is missing is named at its field', async ({ page }) => {
  await page.goto('/login')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Enter your email.')).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true')
})

test('a link never leads to another site', async ({ page, platform }) => {
  await page.goto('/login?next=//evil.invalid/')
  await page.getByLabel('Email').fill(platform.email)
  await page.getByLabel('Password').fill(platform.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/admin/connectors')
})

test('signing out closes the console', async ({ page, platform }) => {
  await page.goto('/login')
  await page.getByLabel('Email').fill(platform.email)
  await page.getByLabel('Password').fill(platform.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/login')
  await page.goto('/admin/connectors')
  await expect(page).toHaveURL('/login')
})
