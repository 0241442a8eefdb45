/** Photographs a screen in each width and theme, one file a picture: `run-failed-390-dark.png`. */

import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from '@playwright/test'
import type { Screen } from './screens.ts'
import type { Sources } from './sources.ts'

export const widths = [390, 1280, 1920] as const
export const themes = ['light', 'dark'] as const

const heights: Record<(typeof widths)[number], number> = { 390: 844, 1280: 800, 1920: 1080 }

export type Frame = { widths: readonly (typeof widths)[number][]; themes: readonly (typeof themes)[number][]; folder: string }

type Subject = { browser: Browser; url: string; session: BrowserContextOptions['storageState']; sources: Sources }

/** A state is brought about once a width, and stays while the theme changes. */
export const photograph = async ({ browser, url, session, sources }: Subject, screen: Screen, frame: Frame): Promise<void> => {
  for (const width of frame.widths) {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height: heights[width] },
      colorScheme: frame.themes[0] ?? null,
      reducedMotion: 'reduce',
      ...(session && { storageState: session }),
    })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      await page.goto(screen.path)
      await page.waitForLoadState('networkidle')
      await screen.act?.(page, sources)
      for (const colorScheme of frame.themes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        // A page follows the system's theme once it is alive.
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor()
        await page.evaluate('document.fonts.ready')
        await page.screenshot({
          path: join(frame.folder, `${screen.name}-${width}-${colorScheme}.png`),
          fullPage: screen.over !== true,
          animations: 'disabled',
          caret: 'hide',
        })
      }
    } finally {
      await context.close()
    }
  }
}
