/** What a browser test stands on: the real platform, a source to sync from, a signed-in page without complaints. */

import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { test as base, expect, type Page, request } from '@playwright/test'
import { openDatabase, type TestSource } from '../platform/source.ts'

export type Session = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>>

type Shared = { platform: Platform; source: TestSource /** The platform's own. */; database: TestSource; session: Session }
type Own = {
  /** What the page complains about in its console. A test that ends with any fails: it takes out those it expects. */
  complaints: string[]
}

const rows = 1_500_000

/** As large as a run must be to be watched, and one that takes as long as a test wants. */
const prepareSource = async (source: TestSource): Promise<void> => {
  await source.query(`CREATE TABLE items AS SELECT i AS id, 'Item ' || i AS name, i / 7.0 AS price FROM generate_series(1, ${rows}) i`)
  await source.query('ALTER TABLE items ADD PRIMARY KEY (id)')
  await source.query('CREATE TABLE vendors (id int PRIMARY KEY, name text NOT NULL)')
  await source.query(`INSERT INTO vendors SELECT i, 'Vendor ' || i FROM generate_series(1, 250) i`)
}

/** 100 rows at a time, with a pause after each hundred. */
export const slowQuery = (hundreds: number, pauseSeconds: number): string =>
  `SELECT i AS id, 'Row ' || i AS name FROM generate_series(1, ${hundreds * 100}) i WHERE i % 100 <> 0 OR pg_sleep(${pauseSeconds}) IS NOT NULL`

export const signIn = async ({ url, email, password }: Pick<Platform, 'url' | 'email' | 'password'>): Promise<Session> => {
  const context = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } })
  const answer = await context.post('/api/auth/sign-in/email', { data: { email, password } })
  expect(answer.ok(), await answer.text()).toBe(true)
  const session = await context.storageState()
  await context.dispose()
  return session
}

export const test = base.extend<Own, Shared>({
  platform: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs: nothing
    async ({}, use) => {
      const platform = await startPlatform({ backend: 'postgres', web: true })
      await use(platform)
      await platform.stop()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  source: [
    async ({ platform }, use) => {
      const source = await openDatabase(await platform.postgres.createDatabase())
      await prepareSource(source)
      await use(source)
      await source.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  database: [
    async ({ platform }, use) => {
      const database = await openDatabase(platform.databaseUrl)
      await use(database)
      await database.end()
    },
    { scope: 'worker' },
  ],
  session: [async ({ platform }, use) => use(await signIn(platform)), { scope: 'worker' }],
  baseURL: async ({ platform }, use) => use(platform.url),
  storageState: async ({ session }, use) => use(session),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await use(complaints)
      expect(complaints, 'the page complained').toEqual([])
    },
    { auto: true },
  ],
})

/** The badge, the records and the rest of a connector's row. */
export const rowOf = (page: Page, connector: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name: connector, exact: true }) })

/** The same, of a list that may have more connectors than it shows at first. */
export const findRow = async (page: Page, connector: string) => {
  await page.getByRole('searchbox', { name: 'Search connectors' }).fill(connector)
  return rowOf(page, connector)
}

/** Opens a screen, and waits until it listens to the keyboard. */
export const openAlive = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await expect(page.getByRole('button', { name: 'Go to…' })).toHaveAttribute('aria-keyshortcuts')
}

export const heading = (page: Page) => page.getByRole('heading', { level: 1 })

export { expect }
