/** `npm run screenshots`: pictures of every screen of the real platform, with data that it has made itself. */

import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { findBrowser } from '@aiia/testkit/browser'
import { startPlatform } from '@aiia/testkit/platform'
import { chromium } from '@playwright/test'
import { readOptions } from '../faults/options.ts'
import { type Session, signIn } from '../tests/fixtures.ts'
import { type Frame, photograph, themes, widths } from './camera.ts'
import { emptyScreens, type Screen, screens, wayIn } from './screens.ts'
import { startSources } from './sources.ts'
import { setStage } from './stage.ts'

const usage = `npm run screenshots -- [options]

  --folder shots     where the pictures go, ./screenshots by default
  --only run         only screens with this text in their name
  --width 390        only this one of ${widths.join(', ')}
  --theme dark       only this one of ${themes.join(', ')}
  --help             this text

Exit code 1 when a screen could not be brought about.`

const { values, refuse } = readOptions(usage, {
  folder: { type: 'string', default: 'screenshots' },
  only: { type: 'string', default: '' },
  width: { type: 'string' },
  theme: { type: 'string' },
})

const chosen = <T extends string | number>(all: readonly T[], asked: string | undefined, option: string): readonly T[] => {
  const found = asked === undefined ? all : all.filter((one) => String(one) === asked)
  return found.length > 0 ? found : refuse(`--${option} is one of ${all.join(', ')}.`)
}
const frame: Frame = {
  widths: chosen(widths, values.width, 'width'),
  themes: chosen(themes, values.theme, 'theme'),
  folder: resolve(values.folder),
}
const wanted = <Path>(all: readonly Screen<Path>[]): Screen<Path>[] => all.filter(({ name }) => name.includes(values.only))
if (wanted<unknown>([...emptyScreens, ...wayIn, ...screens]).length === 0) refuse(`--only: no screen has "${values.only}" in its name.`)
mkdirSync(frame.folder, { recursive: true })

const platform = await startPlatform({ backend: 'postgres', web: true, env: { WORKER_CONCURRENCY: '2' } })
const sources = await startSources(platform)
const browser = await chromium.launch(await findBrowser())
let failed = 0

const photographAll = async (all: readonly Screen[], session?: Session): Promise<void> => {
  for (const screen of all) {
    try {
      await photograph({ browser, url: platform.url, session, sources }, screen, frame)
      console.log(screen.name)
    } catch (error) {
      failed += 1
      console.error(`FAILED ${screen.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

try {
  const session = await signIn(platform)
  await photographAll(wanted(wayIn))
  await photographAll(wanted(emptyScreens), session)
  const stage = await setStage(platform, sources)
  await photographAll(
    wanted(screens).map((screen) => ({ ...screen, path: screen.path(stage) })),
    session,
  )
} finally {
  await browser.close()
  await sources.stop()
  await platform.stop()
}
console.log(`The pictures are in ${frame.folder}`)
process.exit(failed === 0 ? 0 : 1)
