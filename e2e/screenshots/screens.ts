/** Every screen and every state of it that is worth a look: where it is, and what is done there first. */

import { expect as anyExpect, type Page } from '@playwright/test'
import type { Sources } from './sources.ts'
import type { Stage } from './stage.ts'

export type Screen<Path = string> = {
  name: string
  path: Path
  /** Brings about the state; the page is there, with its data. */
  act?: (page: Page, sources: Sources) => Promise<unknown>
  /** Only what the window shows: something lies over the page. */
  over?: boolean
}

/** Nobody waits for a picture. */
const expect = anyExpect.configure({ timeout: 60_000 })

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** It is loaded when it is asked for. */
const dialogOpens = (page: Page) => page.locator('[role=dialog]:not([aria-busy]), [role=alertdialog]').waitFor()

const openDialog =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await button(page, name).click()
    await dialogOpens(page)
  }

const openMenu =
  (name: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await button(page, name).click()
    await page.getByRole('menu').waitFor()
  }

const choosePostgres = async (page: Page, { sap: { url } }: Sources, password = url.password): Promise<void> => {
  await page.getByLabel('Host').fill(url.hostname)
  await page.getByLabel('Port').fill(url.port)
  await page.getByLabel('Database', { exact: true }).fill(url.pathname.slice(1))
  await page.getByLabel('User').fill(url.username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('combobox', { name: 'TLS' }).click()
  await page.getByRole('option', { name: 'disable' }).click()
}

const testConnection = async (page: Page): Promise<void> => {
  await button(page, 'Test connection').click()
  await expect(page.getByText(/^Connected in|^Root cause$/)).toBeVisible()
}

const chooseStreams = async (page: Page, sources: Sources): Promise<void> => {
  await choosePostgres(page, sources)
  await button(page, 'Continue').click()
  for (const table of ['bkpf', 'bseg']) await page.getByRole('checkbox', { name: new RegExp(`^Read .*${table}$`) }).click()
}

const editMapping = async (page: Page): Promise<void> => {
  await button(page, 'Preview 20 rows').click()
  await expect(page.getByRole('table', { name: 'In the destination' })).toBeVisible()
}

const searchPalette = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Connector, run number or action' }).fill(text)
}

const loseConnection = async (page: Page): Promise<void> => {
  await page.context().setOffline(true)
  await expect(page.getByText('Live updates are interrupted.')).toBeVisible()
}

const connectors = () => '/admin/connectors'
const history = () => '/admin/connectors/history'
const wizard = () => '/admin/connectors/new'
const settings = (page: string) => () => `/admin/settings/${page}`
const connector =
  (which: keyof Stage['connectors'], query = '') =>
  (stage: Stage) =>
    `/admin/connectors/${stage.connectors[which]}${query}`
const run = (which: keyof Stage['runs']) => (stage: Stage) => `/admin/runs/${stage.runs[which]}`

/** Of a platform that nobody has used yet. */
export const emptyScreens: readonly Screen[] = [
  { name: 'connectors-empty', path: connectors() },
  { name: 'history-empty', path: history() },
  { name: 'tokens-empty', path: settings('tokens')() },
  { name: 'notifications-empty', path: settings('notifications')() },
]

export const screens: readonly Screen<(stage: Stage) => string>[] = [
  { name: 'connectors', path: connectors },
  {
    name: 'connectors-selected',
    path: connectors,
    act: (page) => page.getByRole('checkbox', { name: 'Select all connectors shown' }).click(),
  },
  { name: 'connectors-filter', path: connectors, act: openMenu('Last status'), over: true },
  { name: 'connectors-no-match', path: () => '/admin/connectors?kind=oracle' },
  { name: 'wizard-kinds', path: wizard },
  { name: 'wizard-failure', path: wizard, act: (page, sources) => choosePostgres(page, sources, 'wrong').then(() => testConnection(page)) },
  { name: 'wizard-connected', path: wizard, act: (page, sources) => choosePostgres(page, sources).then(() => testConnection(page)) },
  { name: 'wizard-streams', path: wizard, act: chooseStreams },
  {
    name: 'wizard-finish',
    path: wizard,
    act: (page, sources) => chooseStreams(page, sources).then(() => button(page, 'Continue').click()),
  },
  { name: 'connector', path: connector('desk') },
  {
    name: 'connector-chart-table',
    path: connector('desk'),
    act: (page) => button(page, 'Show as table').first().click(),
  },
  { name: 'connector-never-synced', path: connector('paused') },
  { name: 'connector-streams', path: connector('sap', '?tab=streams') },
  { name: 'connector-schedule', path: connector('sap', '?tab=schedule') },
  { name: 'connector-history', path: connector('desk', '?tab=history') },
  { name: 'connector-settings', path: connector('sap', '?tab=settings') },
  {
    name: 'connector-delete',
    path: connector('desk', '?tab=settings'),
    act: openDialog('Delete connector'),
    over: true,
  },
  { name: 'stream-editor', path: connector('plant', '?tab=streams&stream=temperatures'), act: editMapping },
  {
    name: 'stream-add',
    path: connector('sap', '?tab=streams'),
    act: async (page) => {
      await button(page, 'Add a stream').click()
      await page.getByRole('menuitem', { name: 'Custom SQL' }).click()
      await dialogOpens(page)
    },
    over: true,
  },
  { name: 'history', path: history },
  { name: 'history-selected', path: history, act: (page) => page.getByRole('checkbox', { name: 'Select all runs on this page' }).click() },
  { name: 'history-filter', path: history, act: openMenu('Status'), over: true },
  { name: 'history-time', path: history, act: openMenu(/^Time/), over: true },
  { name: 'history-no-match', path: () => '/admin/connectors/history?status=CANCELLED&trigger=SCHEDULED' },
  { name: 'run-completed', path: run('completed') },
  {
    name: 'run-rejecting',
    path: run('rejecting'),
    act: (page) => expect(page.getByRole('table', { name: 'Rejected rows' })).toBeVisible(),
  },
  { name: 'run-mismatch', path: run('mismatch') },
  { name: 'run-failed', path: run('failed') },
  { name: 'run-cancelled', path: run('cancelled') },
  { name: 'run-running', path: run('running') },
  { name: 'run-pending', path: run('pending') },
  { name: 'run-cancel', path: run('running'), act: openDialog('Cancel'), over: true },
  { name: 'run-offline', path: run('running'), act: loseConnection, over: true },
  {
    name: 'log-search',
    path: run('completed'),
    act: async (page) => {
      await page.getByRole('searchbox', { name: 'Search the log' }).fill('bseg')
      await expect(page.getByRole('status', { name: 'Search hit' })).toContainText('1 /')
      await page.getByRole('log').scrollIntoViewIfNeeded()
    },
    over: true,
  },
  { name: 'system', path: () => '/admin/system' },
  { name: 'system-pause', path: () => '/admin/system', act: openDialog('Pause for maintenance'), over: true },
  { name: 'tokens', path: settings('tokens') },
  { name: 'tokens-new', path: settings('tokens'), act: openDialog('New token'), over: true },
  { name: 'people', path: settings('people') },
  { name: 'people-new', path: settings('people'), act: openDialog('New person'), over: true },
  { name: 'notifications', path: settings('notifications') },
  { name: 'notifications-new', path: settings('notifications'), act: openDialog('New channel'), over: true },
  { name: 'retention', path: settings('retention') },
  { name: 'audit', path: settings('audit') },
  { name: 'account', path: settings('account') },
  { name: 'failures', path: () => '/admin/help/failures' },
  {
    name: 'failures-no-match',
    path: () => '/admin/help/failures',
    act: (page) => page.getByLabel('Search failures').fill('no such failure'),
  },
  {
    name: 'palette',
    path: connectors,
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await dialogOpens(page)
    },
    over: true,
  },
  { name: 'palette-search', path: connectors, act: (page) => searchPalette(page, 'time'), over: true },
  { name: 'viewer-menu', path: connectors, act: openMenu(/^Account of/), over: true },
  { name: 'not-found', path: () => '/admin/runs/999999' },
]

/** Of somebody who has not signed in. */
export const wayIn: readonly Screen[] = [
  { name: 'login', path: '/login' },
  {
    name: 'login-refused',
    path: '/login',
    act: async (page) => {
      await page.getByLabel('Email').fill('mara.keller@example.com')
      await page.getByLabel('Password').fill('not the password')
      await button(page, 'Sign in').click()
      await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible()
    },
  },
]
