/** A browser whose every tab is new to the console: nothing cached, and signed in. */

import { findBrowser } from '@aiia/testkit/browser'
import type { Platform } from '@aiia/testkit/platform'
import { type Browser, chromium, type Page } from '@playwright/test'
import { signIn } from '../sign-in.ts'

export type Viewer = {
  browser: Browser
  /** Opens a tab that nothing is known of, hands it over, and closes it. */
  visit<Seen>(options: { width?: number; signedIn?: boolean; script?: string }, look: (page: Page) => Promise<Seen>): Promise<Seen>
  close(): Promise<void>
}

export const openViewer = async (platform: Platform): Promise<Viewer> => {
  const { executablePath, args } = await findBrowser()
  const browser = await chromium.launch({ executablePath, args })
  const cookies = (await signIn(platform)).split('; ').map((cookie) => {
    const [name = '', ...value] = cookie.split('=')
    return { name, value: value.join('='), url: platform.url }
  })
  return {
    browser,
    visit: async ({ width = 1280, signedIn = true, script }, look) => {
      const context = await browser.newContext({ baseURL: platform.url, viewport: { width, height: 900 } })
      if (signedIn) await context.addCookies(cookies)
      if (script !== undefined) await context.addInitScript(script)
      const page = await context.newPage()
      try {
        return await look(page)
      } finally {
        await context.close()
      }
    },
    close: () => browser.close(),
  }
}
