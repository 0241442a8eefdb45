import { text } from 'node:stream/consumers'
import { answer, startRestServer } from '@aiia/testkit/rest-server'
import { createConnector, sync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, test } from './fixtures.ts'

test('a channel is added, tested, told of a failed run, paused and deleted', async ({ page, platform, source }) => {
  const receiver = await startRestServer()
  const bodies: { type: string; text: string }[] = []
  receiver.serve('/hook', async (request, response, url) => {
    bodies.push(JSON.parse(await text(request)) as { type: string; text: string })
    await answer('', { status: 204 })(request, response, url)
  })
  await page.goto('/admin/settings/notifications')
  await expect(page.getByText('Nobody is told yet')).toBeVisible()
  await page.getByRole('button', { name: 'New channel' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: 'Add channel' }).click()
  await expect(form.getByText('Enter the secret that the receiver checks with')).toBeVisible()
  await form.getByRole('button', { name: 'Generate' }).click()
  await form.getByLabel('Name').fill('On call')
  await form.getByLabel('Address').fill('hooks.example.com')
  await form.getByRole('button', { name: 'Add channel' }).click()
  await expect(form.getByText(/begins with https:\/\//)).toBeVisible()
  await expectNoViolations(page, 'new channel')
  await form.getByLabel('Address').fill(`${receiver.url}/hook?token=hidden`)
  await form.getByRole('button', { name: 'Add channel' }).click()
  const row = page.getByRole('row').filter({ hasText: 'On call' })
  await expect(row).toContainText(`Webhook, ${receiver.url}/…, signed`)
  await expect(row).toContainText('Active')

  const action = async (name: string) => {
    await page.getByRole('button', { name: 'Actions for On call' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await action('Send test')
  await expect(page.getByRole('dialog').getByText('It was taken')).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()

  const connector = await createConnector(platform, source, {
    name: 'Tells when it fails',
    streams: [{ name: 'tells_when_it_fails', source: { sql: 'SELECT nothing FROM nowhere' } }],
  })
  const { number } = await sync(platform, connector)
  await action('Deliveries')
  const delivery = page.getByRole('listitem').filter({ hasText: `#${number}` })
  await expect(delivery).toContainText(/Delivered.*Run failed, Tells when it fails.*HTTP 204/)
  await expectNoViolations(page, 'deliveries')
  await page.getByRole('button', { name: 'Done' }).click()
  expect(bodies).toContainEqual(expect.objectContaining({ type: 'test', text: 'Test of the channel On call' }))
  expect(bodies).toContainEqual(
    expect.objectContaining({ type: 'run.failed', text: `Tells when it fails: run #${number} ended with ERROR` }),
  )

  await receiver.stop()
  await action('Send test')
  await expect(page.getByRole('alert')).toContainText('Nothing accepts connections')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(row).toContainText('Failing')
  await action('Pause')
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
  await expect(row).toContainText('Paused')
  await action('Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('Nobody is told yet')).toBeVisible()
})
