/** The progress bar of a followed run, or a running count where the source cannot tell how much will come. */

import cliProgress from 'cli-progress'
import type { FollowedRun } from './follow-run.ts'
import { duration, number } from './format.ts'

export type Progress = { show(run: FollowedRun): void; end(): void }

export const createProgress = (stream: NodeJS.WritableStream): Progress => {
  const bar = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    clearOnComplete: false,
    format: (_options, params, payload) => `${payload.head}${params.total > 0 ? ` ${drawBar(params.progress)}` : ''} ${payload.tail}`,
    fps: 10,
  })
  let started = false
  return {
    show(run) {
      const { read, expected } = run.counts
      const payload = { head: `#${run.number} ${run.status.padEnd(9)}`, tail: tail(run) }
      // The expected count is an estimate; a bar never passes its end.
      const total = expected === null ? 0 : Math.max(expected, read)
      if (!started) bar.start(total, read, payload)
      started = true
      bar.setTotal(total)
      bar.update(read, payload)
    },
    end() {
      if (started) bar.stop()
      started = false
    },
  }
}

const drawBar = (progress: number): string => {
  const done = Math.round(Math.min(progress, 1) * 24)
  return `${'█'.repeat(done)}${'░'.repeat(24 - done)} ${Math.floor(Math.min(progress, 1) * 100)}%`
}

const tail = ({ status, pendingReason, counts, rowsPerSecond, durationMs }: FollowedRun): string => {
  if (status === 'PENDING') return pendingReason ?? 'waiting for a worker'
  const rate = rowsPerSecond === null ? '' : ` · ${number(Math.round(rowsPerSecond))} rows/s`
  return `${number(counts.read)} rows${rate}${durationMs === null ? '' : ` · ${duration(durationMs)}`}`
}
