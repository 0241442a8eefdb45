/** What a tab holds: the memory of its process that no other shares, from /proc (Linux). */

import { existsSync, readFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'

export type TabMemory = {
  /** As it is, with what the browser has not found time to collect; null on other systems. */
  mostMb: number | null
  /** Of that, what is still in use. */
  heldMb: number | null
}

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
  const mostMb = await processMb(browser)
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  return { mostMb, heldMb: await processMb(browser) }
}
