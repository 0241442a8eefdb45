import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@aiia/testkit/free-port'
import { expect, heading, test } from '../fixtures.ts'

test.use({ storageState: { cookies: [], origins: [] } })

const unset = { DATABASE_URL: '', REDIS_URL: '', SECRET_KEY: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '', ADMIN_TOKEN: '', HOST: '' }

/** `npm start` on a machine that has never seen the product, without the sample. */
const startFromNothing = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-first-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', '..', 'start.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...unset, NODE_ENV: '', DEMO: '0', PORT: String(await freePort()), DATA_DIR: folder },
  })
  const ended = once(child, 'close')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  let printed = ''
  for await (const piece of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += piece
    if (printed.includes('Ctrl-C')) break
  }
  child.stdout.resume()
  return { printed, stop }
}

test('a first start prints a login, which opens an empty console and is exchanged for a password of one’s own', async ({
  page,
  complaints,
}) => {
  test.setTimeout(150_000)
  const { printed, stop } = await startFromNothing()
  const line = (label: string) => new RegExp(`${label} +(\\S+)`).exec(printed)?.[1] ?? ''
  const signIn = async (password: string) => {
    await page.getByLabel('Email').fill(line('Sign in'))
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  try {
    await page.goto(line('Console'))
    await expect(page).toHaveURL(/\/login$/)
    await signIn(line('Password'))
    await expect(heading(page)).toHaveText('Connectors')
    await expect(page.getByText('No connectors yet')).toBeVisible()
    await expect(page.getByRole('link', { name: 'New connector' })).toBeVisible()

    await page.getByRole('link', { name: 'Settings' }).first().click()
    await page.getByRole('link', { name: 'Your account' }).click()
    await page.getByLabel('Current password').fill(line('Password'))
    await page.getByLabel('New password', { exact: true }).fill('only I know this one')
    await page.getByLabel('New password again').fill('only I know this one')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('Your password is changed')).toBeVisible()
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/login$/)
    await signIn(line('Password'))
    await expect(page.getByText('do not belong together')).toBeVisible()
    // The browser itself reports the refusal.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('401')])
    await signIn('only I know this one')
    await expect(heading(page)).toHaveText('Connectors')
    // Nobody looks on while the product stops.
    await page.goto('about:blank')
  } finally {
    await stop()
  }
})
