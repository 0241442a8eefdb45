import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createConnector } from '../platform/source.ts'
import { expect, heading, test } from './fixtures.ts'

test('a connector is made: connection tested, streams found and picked, synced at once; later renamed and deleted', async ({
  page,
  source,
}) => {
  const { hostname, port, pathname, username, password } = source.url
  await page.goto('/admin/connectors/new')
  await expect(page.getByRole('radio', { name: /PostgreSQL/ })).toBeChecked()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Host is required.')).toBeVisible()

  await page.getByLabel('Host').fill(hostname)
  await page.getByLabel('Port').fill(port)
  await page.getByLabel('Database', { exact: true }).fill(pathname.slice(1))
  await page.getByLabel('User').fill(username)
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('combobox', { name: 'TLS' }).click()
  await page.getByRole('option', { name: 'disable' }).click()
  await page.getByRole('button', { name: 'Test connection' }).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'Root cause' })
  await expect(refusal).toContainText(username)
  await expect(refusal).toContainText('Update the credentials')
  await page.getByLabel('Password').fill(decodeURIComponent(password))
  await expect(refusal).toBeHidden()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText(/^Connected in \d+ ms$/)).toBeVisible()
  await expect(page.getByText(/PostgreSQL \d+/).last()).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()

  await page.getByLabel('Search streams').fill('vendor')
  await page.getByRole('checkbox', { name: /^Read .*vendors$/ }).click()
  await page.getByLabel(/^Destination table of/).fill('wizard_vendors')
  await page.getByRole('button', { name: 'Custom SQL' }).click()
  await page.getByLabel('Stream name').fill('wizard_even')
  await page.getByLabel('SQL', { exact: true }).fill('SELECT id, name FROM vendors WHERE id % 2 = 0')
  await page.getByLabel('Key columns').fill('id')
  await page.getByRole('button', { name: 'Add the stream' }).click()
  await expect(page.getByText(/^2 chosen/)).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()

  await page.getByRole('button', { name: 'Create connector' }).click()
  await expect(page.getByText('Name the connector.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('By the wizard')
  await page.getByRole('button', { name: 'Create connector' }).click()
  await expect(page).toHaveURL(/\/admin\/runs\/\d+$/)
  await expect(heading(page)).toContainText('Completed')
  await expect(page.getByTestId('records')).toHaveText('375')

  await page.getByRole('link', { name: 'By the wizard' }).click()
  await page.getByRole('tab', { name: 'Streams & mapping (2)' }).click()
  await expect(page.getByRole('row', { name: /wizard_even/ })).toContainText('destination.wizard_even')
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByLabel('Host').fill('elsewhere.invalid')
  await page.getByRole('button', { name: 'Save connection' }).click()
  // Another host gets the stored secret from nobody.
  await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Name', { exact: true }).fill('Renamed')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(heading(page)).toContainText('Renamed')

  await page.getByRole('button', { name: 'Delete connector' }).click()
  const question = page.getByRole('dialog', { name: 'Delete Renamed?' })
  await expect(question.getByRole('button', { name: 'Delete for good' })).toBeDisabled()
  await question.getByLabel('Type Renamed to confirm').fill('Renamed')
  await question.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page).toHaveURL('/admin/connectors')
  await expect(page.getByRole('link', { name: 'Renamed', exact: true })).toBeHidden()
})

test('a name that is taken is told at the field', async ({ page, platform, source }) => {
  const connector = await createConnector(platform, source, {
    name: 'First',
    streams: [{ name: 'first', source: { table: 'public.vendors' } }],
  })
  await createConnector(platform, source, { name: 'Second', streams: [{ name: 'second', source: { table: 'public.vendors' } }] })
  await page.goto(`/admin/connectors/${connector}?tab=settings`)
  await page.getByLabel('Name', { exact: true }).fill('Second')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
})

test('a form asks for what its choices need, loads keys from files, and says which kinds nobody has verified', async ({ page }) => {
  await page.goto('/admin/connectors/new')
  const kinds = page.getByRole('radiogroup', { name: 'Kind of source' })
  await expect(kinds.getByRole('radio')).toHaveCount(10)
  await expect(kinds.getByText('not verified against a live server')).toHaveCount(3)

  await page.getByRole('radio', { name: 'OData' }).click()
  await expect(page.getByLabel('User')).toBeVisible()
  await expect(page.getByLabel('Password')).toBeVisible()
  await page.getByRole('combobox', { name: 'Authentication' }).click()
  await page.getByRole('option', { name: 'oauth2-client-credentials' }).click()
  await expect(page.getByLabel('Token address')).toBeVisible()
  await expect(page.getByLabel('Client secret')).toBeVisible()
  await expect(page.getByLabel('Password')).toBeHidden()
  await page.getByLabel('Service address').fill('https://odata.invalid/service')
  await page.getByRole('button', { name: 'Test connection' }).click()
  // The kind's own rule, told by the API at its field.
  await expect(page.getByLabel('Token address')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('The address that issues tokens.', { exact: true })).toBeVisible()

  await page.getByRole('radio', { name: 'SFTP' }).click()
  const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----'
  await page
    .getByLabel('File of Private key')
    .setInputFiles({ name: 'id_ed25519', mimeType: 'text/plain', buffer: Buffer.from(`${key}\n`) })
  await expect(page.getByRole('textbox', { name: /^Private key/ })).toHaveValue(key)
})

test('a kind without a catalogue is given its streams by hand', async ({ page }) => {
  const api = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ items: request.url?.includes('orders') ? [{ id: 1, total: 9.5 }] : [] }))
  }).listen(0, '127.0.0.1')
  await once(api, 'listening')
  const { port } = api.address() as AddressInfo
  try {
    await page.goto('/admin/connectors/new')
    await page.getByRole('radio', { name: 'JSON REST' }).click()
    await page.getByLabel('Base address').fill(`http://127.0.0.1:${port}`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('heading', { name: 'The source names no streams' })).toBeVisible()
    await page.getByRole('button', { name: 'Add a path' }).click()
    await page.getByLabel('Stream name').fill('orders')
    await page.getByRole('button', { name: 'Add the stream' }).click()
    await expect(page.getByText('Path is required.')).toBeVisible()
    await page.getByLabel('Path', { exact: true }).fill('/orders')
    await page.getByLabel('Key columns').fill('id')
    await page.getByRole('combobox', { name: 'Pagination' }).click()
    await page.getByRole('option', { name: 'page' }).click()
    await expect(page.getByLabel('Page param')).toHaveValue('page')
    await page.getByRole('button', { name: 'Add the stream' }).click()
    await expect(page.getByText('1 chosen')).toBeVisible()
    await page.getByRole('button', { name: 'Edit orders' }).click()
    await page.getByRole('combobox', { name: 'Pagination' }).click()
    await page.getByRole('option', { name: 'none' }).click()
    await page.getByRole('button', { name: 'Preview 20 rows' }).click()
    await expect(page.getByRole('table', { name: 'In the destination' })).toContainText('9.5')
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Name', { exact: true }).fill('By hand')
    await page.getByRole('button', { name: 'Create connector' }).click()
    await expect(heading(page)).toContainText('Completed')
    await expect(page.getByTestId('records')).toHaveText('1')
  } finally {
    api.close()
  }
})
