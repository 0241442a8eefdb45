/** What Chromium's own trace says of a while: how long the page's main thread was busy at once, and how long frames were due. */

import type { Browser, Page } from '@playwright/test'

type TraceEvent = {
  name: string
  cat: string
  ph: string
  pid: number
  tid: number
  /** Microseconds. */
  ts: number
  dur?: number
  /** Of that, on the processor. */
  tdur?: number
  args: { name?: string; frameSeqId?: number }
}

export type Smoothness = {
  longestTaskMs: number
  /** Of the task that computed longest: what a busy machine does not add to. */
  longestComputingMs: number
  /** From when the first of the frames that it stands for was due until one was drawn. */
  longestFrameMs: number
  drawn: number
  dropped: number
}

/** Only what is read of it: writing a trace takes from the time that it measures. */
const categories = [
  'disabled-by-default-devtools.timeline',
  'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline.frame',
  '__metadata',
]

const smoothnessOf = (events: readonly TraceEvent[]): Smoothness => {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'RunTask' && threads.some((thread) => thread.pid === pid && thread.tid === tid),
  )
  // Other renderers are idle: the tab is the one that is busiest.
  const pids = [...new Set(tasks.map(({ pid }) => pid))]
  const busyOf = (pid: number) => tasks.reduce((sum, task) => sum + (task.pid === pid ? (task.dur ?? 0) : 0), 0)
  const tab = pids.sort((one, other) => busyOf(other) - busyOf(one))[0]
  const own = events.filter(({ pid }) => pid === tab).sort((one, other) => one.ts - other.ts)
  const busy = tasks.filter(({ pid }) => pid === tab)
  return {
    longestTaskMs: Math.max(0, ...busy.map(({ dur = 0 }) => dur)) / 1_000,
    longestComputingMs: Math.max(0, ...busy.map(({ tdur = 0 }) => tdur)) / 1_000,
    ...framesOf(own),
  }
}

/** A dropped frame is one that had something new to show. */
const framesOf = (events: readonly TraceEvent[]): Omit<Smoothness, 'longestTaskMs' | 'longestComputingMs'> => {
  const begun = new Map<number, number>()
  let [drawn, dropped, longest] = [0, 0, 0]
  let due: number | null = null
  for (const { name, ts, args } of events) {
    const frame = args.frameSeqId ?? -1
    if (name === 'BeginFrame') begun.set(frame, ts)
    if (name !== 'DroppedFrame' && name !== 'DrawFrame') continue
    due ??= begun.get(frame) ?? ts
    if (name === 'DroppedFrame') dropped += 1
    else {
      drawn += 1
      longest = Math.max(longest, ts - due)
      due = null
    }
  }
  return { longestFrameMs: longest / 1_000, drawn, dropped }
}

export const traced = async (browser: Browser, page: Page, scroll: () => Promise<void>): Promise<Smoothness> => {
  await browser.startTracing(page, { categories })
  await scroll()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return smoothnessOf(trace.traceEvents)
}
