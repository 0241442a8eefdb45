import { freePort } from '@aiia/testkit/free-port'
import type { Platform } from '@aiia/testkit/platform'
import { createConnector, sync, type TestSource } from '../../platform/source.ts'
import { expectNoViolations } from '../accessibility.ts'
import { expect, heading, test } from '../fixtures.ts'

const update = (platform: Platform, id: string, input: object) =>
  platform.graphql('mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }', { id, input })

const settingsOf = ({ url }: TestSource) => ({
  host: url.hostname,
  database: url.pathname.slice(1),
  user: url.username,
  tls: 'disable',
})

test('a failing run is diagnosed on a phone, its connection corrected and tested, and the run retried', async ({
  page,
  platform,
  source,
}) => {
  const connector = await createConnector(platform, source, {
    name: 'Moved',
    streams: [{ name: 'moved', source: { table: 'public.vendors' } }],
    limits: { maxAttempts: 1 },
  })
  const good = await sync(platform, connector)
  const [closed, open] = [await freePort(), Number(source.url.port)]
  const password = decodeURIComponent(source.url.password)
  await update(platform, connector, { settings: { ...settingsOf(source), port: closed }, credentials: { password } })
  const failed = await sync(platform, connector)

  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/admin/runs/${failed.number}`)
  const failure = page.getByRole('region', { name: /127\.0\.0\.1/ })
  // What, why and the buttons are there without scrolling, on a phone at night.
  for (const part of [failure.getByText('Root cause'), failure.getByText('Resolution'), failure.getByRole('button', { name: 'Retry' })])
    await expect(part).toBeInViewport({ ratio: 1 })

  const changes = page.getByRole('group').filter({ hasText: 'Changed since the last good run' })
  await expect(changes.getByRole('link', { name: `run #${good.number}` })).toBeVisible()
  await expect(changes.getByRole('listitem').first()).toHaveText(new RegExp(`settings\\.port\\s*${open} → ${closed}`))
  await expect(changes).toContainText('records read')
  await expectNoViolations(page)

  await failure.getByRole('button', { name: 'Test the connection' }).click()
  await expect(failure.getByRole('alert')).toContainText('nothing accepts connections on this port')
  await failure.getByRole('link', { name: 'Edit the connection' }).click()
  await page.getByLabel('Port').fill(String(open))
  // Another port gets the stored secret from nobody.
  await page.getByRole('button', { name: 'Replace' }).click()
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Save connection' }).click()
  await expect(page.getByText('Moved is saved')).toBeVisible()
  await page.goBack()
  await failure.getByRole('button', { name: 'Test the connection' }).click()
  await expect(failure).toContainText(/Connected in \d+ ms/)
  await failure.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByText(`retry of #${failed.number}`)).toBeVisible()
  await expect(heading(page)).toContainText('Completed')
  await expect(changes.getByRole('list')).toBeHidden()
})
