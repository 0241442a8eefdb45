/** Follows a run to its end: a progress bar on a terminal, the log's lines otherwise. */

import { type GraphQLClient, UnavailableError } from './client.ts'
import { exitCodeOf, type JobRunStatus } from './exit-code.ts'
import { duration, number } from './format.ts'
import { createProgress } from './progress.ts'

export type FollowedRun = {
  number: number
  status: JobRunStatus
  pendingReason: string | null
  durationMs: number | null
  rowsPerSecond: number | null
  counts: {
    read: number
    ingested: number
    inserted: number
    updated: number
    unchanged: number
    deleted: number
    rejected: number
    expected: number | null
  }
  failure: { code: string; message: string; rootCause: string; resolution: string } | null
}

const runFields = `number status pendingReason durationMs rowsPerSecond
  counts { read ingested inserted updated unchanged deleted rejected expected }
  failure { code message rootCause resolution }`

export type Output = { write(text: string): unknown; isTTY?: boolean }

/** @returns the exit code of the run's final status */
export const followRun = async (client: GraphQLClient, id: string, out: Output & NodeJS.WritableStream): Promise<number> =>
  out.isTTY ? followWithProgress(client, id, out) : followLog(client, id, out)

const followWithProgress = async (client: GraphQLClient, id: string, out: NodeJS.WritableStream): Promise<number> => {
  const progress = createProgress(out)
  const events = client.subscribe<{ jobRunUpdated: FollowedRun }>(`subscription ($id: ID!) { jobRunUpdated(id: $id) { ${runFields} } }`, {
    id,
  })
  try {
    for await (const { jobRunUpdated: run } of events) {
      progress.show(run)
      const code = exitCodeOf(run.status)
      if (code === undefined) continue
      progress.end()
      out.write(`${closing(run)}\n`)
      return code
    }
  } finally {
    progress.end()
  }
  return askForEnd(client, id)
}

/** Prints each line once, in order; the subscription ends by itself when the run is over and all is sent. */
export const followLog = async (client: GraphQLClient, id: string, out: Output): Promise<number> => {
  let afterSeq = 0
  const batches = client.subscribe<{ jobRunLogs: { lines: { seq: number; text: string }[] } }>(
    'subscription ($id: ID!) { jobRunLogs(id: $id) { lines { seq text } } }',
    { id },
  )
  for await (const { jobRunLogs } of batches) {
    // After a reconnect the server starts over; what was printed stays printed once.
    const fresh = jobRunLogs.lines.filter(({ seq }) => seq > afterSeq)
    for (const { text } of fresh) out.write(`${text}\n`)
    afterSeq = fresh.at(-1)?.seq ?? afterSeq
  }
  return askForEnd(client, id)
}

const askForEnd = async (client: GraphQLClient, id: string): Promise<number> => {
  const { jobRun } = await client.request<{ jobRun: { number: number; status: JobRunStatus } }>(
    'query ($id: ID!) { jobRun(id: $id) { number status } }',
    { id },
  )
  const code = exitCodeOf(jobRun.status)
  if (code === undefined) throw new UnavailableError(`The server stopped telling of run #${jobRun.number} while it is ${jobRun.status}.`)
  return code
}

/** The last words on a terminal: what was done, or what went wrong and what to do. */
export const closing = ({ number: run, status, durationMs, counts, failure }: FollowedRun): string => {
  const head = `Run #${run} ${status}${durationMs === null ? '' : ` after ${duration(durationMs)}`}`
  if (failure !== null)
    return [`${head}: ${failure.code}`, failure.message, `Root cause: ${failure.rootCause}`, `What to do: ${failure.resolution}`].join('\n')
  const { ingested, inserted, updated, unchanged, deleted, rejected } = counts
  const parts = { inserted, updated, unchanged, deleted, rejected }
  const told = Object.entries(parts).flatMap(([name, rows]) => (rows > 0 ? [`${number(rows)} ${name}`] : []))
  return `${head}: ${number(ingested)} records ingested${told.length > 0 ? ` (${told.join(', ')})` : ''}`
}
