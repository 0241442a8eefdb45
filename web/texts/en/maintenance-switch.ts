/** Pauses the platform and lets it go on, on the page of the system. */

import { formatCount } from '@/ui/format.ts'

export const resume = 'Resume'
export const notResumed = 'The platform was not resumed'
export const pauseForMaintenance = 'Pause for maintenance'

const goOn = (underWay: number): string => {
  if (underWay === 0) return 'No run is under way.'
  return underWay === 1 ? 'The run under way goes on and ends.' : `The ${formatCount(underWay)} runs under way go on and end.`
}

export const pauseQuestion = 'Pause the platform?'
/** @param underWay runs that go on meanwhile */
export const pauseHint = (underWay: number) =>
  `No run starts and no schedule fires until you resume. ${goOn(underWay)} Runs that are asked for meanwhile wait.`
export const reason = 'Reason'
export const reasonHint = 'Shown to everybody meanwhile.'
export const reasonExample = 'Database upgrade until 06:00'
export const notNow = 'Not now'
export const pause = 'Pause'
export const notPaused = 'The platform was not paused'
