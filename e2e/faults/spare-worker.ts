/** The second of two workers, which comes when the first has the run. */

import type { Stage } from './stage.ts'

/** @returns what starts it again */
export const withoutSpareWorker = async ({ platform }: Stage): Promise<() => Promise<void>> => {
  const spare = platform.processes['worker2']
  if (spare === undefined) throw new Error('This platform has one worker only.')
  await spare.kill('SIGTERM')
  return spare.restart
}
