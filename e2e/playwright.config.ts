/** The browser tests: one browser, one platform, one test after the other. */

import { findBrowser } from '@aiia/testkit/browser'
import { defineConfig } from '@playwright/test'

const { executablePath, args } = await findBrowser()

export default defineConfig({
  testDir: 'tests',
  // All tests share one platform: they may not sync the same connector, and its two cores are soon busy.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  // Browsers draw edges of letters a little differently from one release to the next.
  expect: { timeout: 10_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02 } },
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    launchOptions: { executablePath, args },
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
})
