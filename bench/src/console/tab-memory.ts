/** What a tab holds: its JavaScript heap, and the memory of its process that no other shares, from /proc (Linux). */

import { existsSync, readFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'

export type TabMemory = { heapMb: number; processMb: number | null }

/** Of the largest tab, which is the one that is looked at. */
const processMb = async (browser: Browser): Promise<number | null> => {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const sizes = processInfo
    .filter(({ type, id }) => type === 'renderer' && existsSync(`/proc/${id}/status`))
    .map(({ id }) => Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1_024)
  return sizes.length === 0 ? null : Math.max(...sizes)
}

export const tabMemory = async (browser: Browser, page: Page): Promise<TabMemory> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  return { heapMb: heap / 1_048_576, processMb: await processMb(browser) }
}
