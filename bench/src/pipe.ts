/** The baseline: `psql COPY TO STDOUT | psql COPY FROM STDIN`, both binary, as fast as two processes can move rows. */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'

export const hasPsql = (): boolean => spawnSync('psql', ['--version'], { stdio: 'ignore' }).status === 0

/** @returns seconds from the start of both processes to the end of both */
export const pipeSeconds = async (sourceUrl: string, destinationUrl: string, destinationTable: string): Promise<number> => {
  const started = performance.now()
  const from = spawn(
    'psql',
    ['-qX', '-v', 'ON_ERROR_STOP=1', '-d', sourceUrl, '-c', 'COPY (SELECT * FROM line_items) TO STDOUT (FORMAT binary)'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const to = spawn(
    'psql',
    ['-qX', '-v', 'ON_ERROR_STOP=1', '-d', destinationUrl, '-c', `COPY ${destinationTable} FROM STDIN (FORMAT binary)`],
    {
      stdio: [from.stdout, 'ignore', 'inherit'],
    },
  )
  const codes = await Promise.all([once(from, 'exit'), once(to, 'exit')])
  if (codes.some(([code]) => code !== 0)) throw new Error('psql failed; its message is above.')
  return (performance.now() - started) / 1_000
}
