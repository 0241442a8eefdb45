/** Finds a browser that runs: the one a setting names, Playwright's own, one on PATH, or the one that npm brought. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import bundled from '@sparticuz/chromium'

export type Browser = { executablePath: string; args: string[] }

/** Without a sandbox, which containers do not allow, and without anything that would ask other hosts. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const onPath = (): string[] =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)).filter((file) => existsSync(file)))

/** A browser whose libraries are missing is no browser. */
const runs = (file: string): boolean =>
  existsSync(file) && spawnSync(file, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 }).status === 0

/** Started like any other: the package's own arguments are for one page, after which that browser ends. */
const fromNpm = async (): Promise<string[]> =>
  process.platform === 'linux' && process.arch === 'x64' ? [await bundled.executablePath()] : []

/** @throws with what to do when none runs */
export const findBrowser = async (): Promise<Browser> => {
  const named = process.env['BROWSER_PATH']
  if (named && !runs(named))
    throw new Error(`BROWSER_PATH names ${named}, which does not run. Correct it, or unset it to have a browser looked for.`)
  const installed = [named ?? '', chromium.executablePath(), ...onPath()].find(runs)
  const executablePath = installed ?? (await fromNpm()).find(runs)
  if (executablePath !== undefined) return { executablePath, args }
  throw new Error(
    'The browser tests found no Chromium that runs on this machine. Install one with "npx playwright install --with-deps chromium" or "apt-get install -y chromium", or name one with BROWSER_PATH.',
  )
}
