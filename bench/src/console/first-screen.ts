/**
 * What a tab is sent before anybody does anything, and whether what it shows moves while it loads. The budget is that of the
 * first screen: the scripts that were asked for before the page was usable. What comes after it, for pages that may be gone
 * to next and for parts that may be opened, is told beside it.
 */

import type { Page, Request } from '@playwright/test'
import type { Figure } from './figures.ts'
import type { Viewer } from './viewer.ts'

/** Runs in the page: what moved without being asked to, and when React had taken over every control. */
const watchLoading = `{
  window.shifts = []
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries())
      if (!shift.hadRecentInput) window.shifts.push(shift.value)
  }).observe({ type: 'layout-shift', buffered: true })
  window.usableAt = null
  const taken = (control) => Object.keys(control).some((key) => key.startsWith('__reactProps'))
  const look = () => {
    const controls = [...document.querySelectorAll('a[href], button, input, select, textarea')]
    window.waitsFor = controls.find((control) => !taken(control))?.outerHTML ?? 'it has no controls'
    if (controls.length > 0 && document.readyState !== 'loading' && controls.every(taken))
      window.usableAt = performance.timeOrigin + performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}`

/** The page's Content-Security-Policy lets nothing evaluate a condition over and over: it is asked once, and answers later. */
const untilUsable = `new Promise((resolve, reject) => {
  const look = () => {
    if (window.usableAt !== null) resolve(window.usableAt)
    else if (performance.now() > 30_000) reject(new Error('The page did not become usable: ' + window.waitsFor))
    else requestAnimationFrame(look)
  }
  look()
})`

type Loaded = {
  firstKb: number
  laterKb: number
  foreign: string[]
  shift: number
}

const sentKb = async (requests: readonly Request[]): Promise<number> => {
  const sizes = await Promise.all(requests.map((request) => request.sizes()))
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0) / 1_000
}

const load = async (page: Page, path: string, origin: string): Promise<Loaded> => {
  const scripts: Request[] = []
  const foreign: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== origin) foreign.push(url.origin)
  })
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request)
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  const usableAt = await page.evaluate<number>(untilUsable)
  // What follows is asked for once the page has come to rest.
  await page.waitForTimeout(3_000)
  const shifts = await page.evaluate<number[]>('window.shifts')
  const isFirst = (script: Request) => script.timing().startTime <= usableAt
  return {
    firstKb: await sentKb(scripts.filter(isFirst)),
    laterKb: await sentKb(scripts.filter((script) => !isFirst(script))),
    foreign,
    shift: shifts.reduce((sum, shift) => sum + shift, 0),
  }
}

export const measureFirstScreens = async (
  viewer: Viewer,
  { origin, number, connectorId }: { origin: string; number: number; connectorId: string },
): Promise<Figure[]> => {
  const pages = [
    '/login',
    '/admin/connectors',
    `/admin/runs/${number}`,
    `/admin/connectors/${connectorId}`,
    '/admin/connectors/history',
    '/admin/connectors/new',
    '/admin/system',
    '/admin/settings',
    '/admin/help/failures',
  ]
  const figures: Figure[] = []
  const foreign: string[] = []
  for (const path of pages)
    for (const width of [390, 1280]) {
      const seen = await viewer.visit({ width, signedIn: path !== '/login', script: watchLoading }, (page) => load(page, path, origin))
      foreign.push(...seen.foreign)
      if (width === 1280)
        figures.push(
          { measured: `${path}: JavaScript until usable, compressed`, value: seen.firstKb, unit: 'kB', under: 200 },
          { measured: `${path}: more of it afterwards, for what may follow`, value: seen.laterKb, unit: 'kB' },
        )
      figures.push({ measured: `${path} at ${width}: layout shift`, value: seen.shift, unit: '', under: 0.02 })
    }
  return [...figures, { measured: `requests to other origins ${foreign.join(', ')}`.trim(), value: foreign.length, unit: '', under: 1 }]
}
