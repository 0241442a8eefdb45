/** Scrolls through a long log as a hand does, with the browser's trace on, and looks at what the tab holds after it. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Figure } from './figures.ts'
import { type TabMemory, tabMemory } from './tab-memory.ts'
import { type Smoothness, traced } from './trace.ts'
import type { Viewer } from './viewer.ts'

type Way = { name: string; from: string; scroll: (page: Page, ms: number) => Promise<void> }

const frameMs = 16

const during = async (ms: number, act: () => Promise<void>): Promise<void> => {
  const end = performance.now() + ms
  while (performance.now() < end) {
    await act()
    await sleep(frameMs)
  }
}

const wheel =
  (deltaY: number): Way['scroll'] =>
  (page, ms) =>
    during(ms, () => page.mouse.wheel(0, deltaY))

const keys =
  (...names: string[]): Way['scroll'] =>
  async (page, ms) => {
    let pressed = 0
    await during(ms, () => page.keyboard.press(names[pressed++ % names.length] ?? 'Home'))
  }

/** Through the whole log, as when its scrollbar is dragged: a screen without one shows none. */
const drag: Way['scroll'] = (page, ms) =>
  page.evaluate(`new Promise((resolve) => {
    const log = document.querySelector('[role=log]')
    const began = performance.now()
    const step = () => {
      const done = Math.min((performance.now() - began) / ${ms}, 1)
      log.scrollTop = (1 - Math.abs(1 - 2 * done)) * (log.scrollHeight - log.clientHeight)
      if (done < 1) requestAnimationFrame(step)
      else resolve()
    }
    requestAnimationFrame(step)
  })`)

const ways = (lines: number): Way[] => [
  { name: 'up from the end, by wheel', from: '', scroll: wheel(-120) },
  { name: 'up from the middle, by wheel', from: `#L${Math.floor(lines / 2)}`, scroll: wheel(-120) },
  { name: 'down from the middle, fast', from: `#L${Math.floor(lines / 2)}`, scroll: wheel(900) },
  { name: 'down from the start, by wheel', from: '#L1', scroll: wheel(120) },
  { name: 'by Page Up and Page Down', from: `#L${Math.floor(lines / 3)}`, scroll: keys('PageUp', 'PageUp', 'PageDown') },
  { name: 'by Home and End', from: '', scroll: keys('Home', 'End') },
  { name: 'through all of it by the scrollbar', from: '', scroll: drag },
]

const figuresOf = (name: string, { longestTaskMs, longestComputingMs, longestFrameMs, drawn, dropped }: Smoothness): Figure[] => [
  { measured: `${name}: longest frame`, value: longestFrameMs, unit: 'ms', under: 50 },
  { measured: `${name}: longest computing of a task`, value: longestComputingMs, unit: 'ms', under: 50 },
  { measured: `${name}: longest task, with what else the processor did`, value: longestTaskMs, unit: 'ms' },
  { measured: `${name}: dropped of ${drawn + dropped} frames`, value: (100 * dropped) / Math.max(drawn + dropped, 1), unit: '%' },
]

export const measureScrolling = async (
  viewer: Viewer,
  { number, lines, ms }: { number: number; lines: number; ms: number },
): Promise<Figure[]> => {
  const figures: Figure[] = []
  const held: TabMemory[] = []
  for (const { name, from, scroll } of ways(lines))
    await viewer.visit({}, async (page) => {
      const log = page.getByRole('log')
      await page.goto(`/admin/runs/${number}${from}`, { waitUntil: 'networkidle' })
      await log.scrollIntoViewIfNeeded()
      await log.hover()
      await log.focus()
      figures.push(...figuresOf(name, await traced(viewer.browser, page, () => scroll(page, ms))))
      held.push(await tabMemory(viewer.browser, page))
    })
  return [
    ...figures,
    { measured: 'memory of the tab after a scroll, at most', value: mostOf(held, 'mostMb'), unit: 'MB', under: 200 },
    { measured: 'of that, still in use', value: mostOf(held, 'heldMb'), unit: 'MB', under: 200 },
  ]
}

const mostOf = (held: readonly TabMemory[], which: keyof TabMemory): number | null => {
  const sizes = held.flatMap((memory) => memory[which] ?? [])
  return sizes.length > 0 ? Math.max(...sizes) : null
}
