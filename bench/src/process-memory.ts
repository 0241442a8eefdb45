/** Memory of a process while something runs in it, from /proc (Linux). */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export type MemoryWatch = {
  /** The peak in MiB, and the mean of the second and of the last quarter of the samples: flat when they agree. */
  end(): { peakMb: number; secondQuarterMb: number; lastQuarterMb: number } | null
}

/** @returns a watch whose `end` answers null where the system has no /proc */
export const watchMemory = (pid: number): MemoryWatch => {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return { end: () => null }
  // Writing 5 resets the kernel's own peak (VmHWM) to what is resident now.
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const read = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(status, 'utf8'))?.[1]) / 1_024
  const samples: number[] = []
  const timer = setInterval(() => samples.push(read('VmRSS')), 100)
  const mean = (part: number[]): number => part.reduce((sum, value) => sum + value, 0) / Math.max(part.length, 1)
  return {
    end: () => {
      clearInterval(timer)
      const quarter = Math.floor(samples.length / 4)
      return {
        peakMb: read('VmHWM'),
        secondQuarterMb: mean(samples.slice(quarter, 2 * quarter)),
        lastQuarterMb: mean(samples.slice(-quarter)),
      }
    },
  }
}
