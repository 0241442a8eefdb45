/** How long a cold tab needs to show a run whose log has a million lines, and any line of it by its address. */

import type { Page } from '@playwright/test'
import { median } from '../statistics.ts'
import type { Figure } from './figures.ts'
import type { Viewer } from './viewer.ts'

/**
 * Runs in the page. Looks at each frame whether a line of the log is in view of the log's box, and when the page is alive:
 * React has taken the box over, and the line that was asked for (or the newest) is in view, where it stays for a while.
 */
const watchOpening = `{
  const opened = { firstLine: null, usable: null, shown: null }
  window.opened = opened
  const named = /^#L(\\d+)/.exec(location.hash)?.[1]
  const within = (inner, outer) => inner.bottom > outer.top && inner.top < outer.bottom && inner.height > 0
  const look = () => {
    const log = document.querySelector('[role=log]')
    const numbers = log ? [...log.querySelectorAll('[data-number]')] : []
    if (log && numbers.length > 0) {
      const box = log.getBoundingClientRect()
      const inView = numbers.filter((number) => within(number.getBoundingClientRect(), box))
      if (inView.length > 0) opened.firstLine ??= performance.now()
      const newest = Math.max(...numbers.map((number) => Number(number.dataset.number)))
      const alive = Object.keys(log).some((key) => key.startsWith('__reactProps'))
      const asked = inView.find((number) => Number(number.dataset.number) === (named ? Number(named) : newest))
      if (alive && asked) {
        opened.usable ??= performance.now()
        const line = asked.getBoundingClientRect()
        const marked = asked.parentElement.className.includes('bg-accent')
        opened.shown = { frames: (opened.shown?.frames ?? 0) + 1, marked, inWindow: line.top >= 0 && line.bottom <= innerHeight }
      } else opened.shown = null
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}`

/** So many frames in which nothing moves it out of view again. */
const steadyFrames = 30

type Opened = { firstLine: number; usable: number; shown: { marked: boolean; inWindow: boolean } }

/** The page's Content-Security-Policy lets nothing evaluate a condition over and over: it is asked once, and answers later. */
const untilOpen = (page: Page): Promise<Opened> =>
  page.evaluate<Opened>(`new Promise((resolve, reject) => {
    const look = () => {
      if (window.opened?.shown?.frames >= ${steadyFrames}) resolve(window.opened)
      else if (performance.now() > 30_000) reject(new Error('The page did not come alive, or the line not into view.'))
      else requestAnimationFrame(look)
    }
    look()
  })`)

export const measureOpening = async (
  viewer: Viewer,
  { number, lines, tries }: { number: number; lines: number; tries: number },
): Promise<Figure[]> => {
  const open = (hash: string) =>
    viewer.visit({ script: watchOpening }, async (page) => {
      await page.goto(`/admin/runs/${number}${hash}`, { waitUntil: 'commit' })
      return untilOpen(page)
    })
  // The server's first answer finds its own caches cold.
  await open('')
  const opened: Opened[] = []
  for (let tried = 0; tried < tries; tried += 1) opened.push(await open(''))
  const figures: Figure[] = [
    { measured: 'run page: a line of the log is shown', value: median(opened.map(({ firstLine }) => firstLine)), unit: 'ms', under: 1_000 },
    { measured: 'run page: usable, the newest line in view', value: median(opened.map(({ usable }) => usable)), unit: 'ms', under: 1_000 },
  ]
  for (const seq of [3, Math.floor(lines / 2)]) {
    const found = await open(`#L${seq}`).catch(() => null)
    const faults = found === null ? 1 : Number(!found.shown.marked) + Number(!found.shown.inWindow)
    figures.push({ measured: `#L${seq}: in view and marked`, value: found?.usable ?? null, unit: 'ms', under: 1_000 })
    figures.push({ measured: `#L${seq}: out of view, or not marked`, value: faults, unit: '', under: 1 })
  }
  return figures
}
