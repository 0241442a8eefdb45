/** One attempt of a run: connects both sides, looks every stream up, then syncs them one after the other. */

import type { RecordCounts } from '@aiia/core/job-run/counts'
import type { RunConfiguration, StreamConfiguration } from '@aiia/core/sync/configuration'
import type { StreamReceipt } from '@aiia/core/sync/receipt'
import type { Source } from '@aiia/core/sync/source'
import { commit } from './commit.ts'
import type { CommitGuard } from './commit-guard.ts'
import { toDestinationError } from './destination/errors.ts'
import { findCommit } from './destination/ledger.ts'
import { openDestination } from './destination/session.ts'
import { prepareStream } from './prepare-stream.ts'
import type { SyncReport } from './report.ts'
import { createSteps, streamSteps } from './steps.ts'
import type { ReadyStream, StreamContext } from './stream-context.ts'
import { syncStream } from './sync-stream.ts'
import { createTally, type Tally } from './tally.ts'

export type SyncRunInput = { runId: string; number: number; attempt: number; configuration: RunConfiguration }

export type SyncRunDependencies = {
  /** Signs in at the source. */
  source(): Promise<Source>
  destination: { url: string; schema: string }
  /** Key of the hashes that a mapping makes. */
  hashSalt: Buffer
  guard: CommitGuard
  report: SyncReport
  /** Aborted: queries under way are ended at both servers, and the promise rejects. */
  signal: AbortSignal
}

/**
 * @returns the counts of the whole run, exact; every stream is committed
 * @throws SyncError, LeaseLostError; each stream is then as it was or fully committed, and the log says which
 */
export const syncRun = async (
  input: SyncRunInput,
  { source: openSource, destination: at, guard, hashSalt, report, signal }: SyncRunDependencies,
): Promise<RecordCounts> => {
  const { runId, number, attempt, configuration } = input
  const { streams, connector } = configuration
  const steps = createSteps(
    report,
    streams.map(({ name }) => name),
  )
  const tally = createTally(report)
  const destination = await openDestination({ ...at, runId, attempt, signal })
  try {
    const source = await steps.run('CONNECT', null, openSource)
    try {
      const context: StreamContext = {
        runId,
        number,
        attempt,
        connectorName: connector.name,
        full: configuration.full,
        replay: configuration.replay ?? null,
        hashSalt,
        source,
        destination,
        guard,
        report,
        steps,
        tally,
        signal,
      }
      const ready = await prepareStreams(context, configuration)
      for (const [index, stream] of ready.entries()) {
        // Once the stream that could not tell is behind, the others can.
        if (tally.total().expected === null) tally.expect(expectedRows(tally, ready.slice(index)))
        tally.close(await syncStream(context, stream))
      }
      return tally.total()
    } finally {
      await source.close()
    }
  } finally {
    await destination.close()
  }
}

/** Looks all streams up before the first row is read; those that an earlier attempt has committed are done. */
const prepareStreams = async (context: StreamContext, { streams }: RunConfiguration): Promise<ReadyStream[]> => {
  const { tally } = context
  const ready: ReadyStream[] = []
  for (const stream of streams) {
    const prepared = await prepareOrSkip(context, stream).catch((error: unknown) => {
      throw toDestinationError(error, { step: 'DISCOVER', stream: stream.name })
    })
    if (prepared !== null) ready.push(prepared)
  }
  tally.expect(expectedRows(tally, ready))
  return ready
}

/** What is read and what the streams to come announce; null where one of them cannot tell. */
const expectedRows = (tally: Tally, toCome: readonly ReadyStream[]): number | null => {
  // How much is new, nobody knows before.
  const expected = toCome.map(({ shape, since }) => (since === null ? shape.expectedRows : null))
  return expected.includes(null) ? null : expected.reduce<number>((sum, rows) => sum + (rows ?? 0), tally.total().read)
}

/** @returns null for a stream that is committed already */
const prepareOrSkip = async (context: StreamContext, stream: StreamConfiguration): Promise<ReadyStream | null> => {
  const { destination, runId, steps, tally, report } = context
  const committed = await findCommit(destination, runId, stream.name)
  if (committed === null) {
    return steps.run(
      'DISCOVER',
      stream.name,
      () => prepareStream(context, stream),
      ({ fields }) => ({ detail: `${fields.length} columns` }),
    )
  }
  for (const kind of streamSteps) steps.skip(kind, stream.name, `Committed by attempt ${committed.attempt}`)
  report.log('INFO', `Stream "${stream.name}" was committed by attempt ${committed.attempt} already; it is not done again.`)
  if (committed.receipt !== null) await noteAgain(context, committed.receipt)
  tally.close(committed.counts)
  return null
}

/** Where the destination is on another server, an attempt may have ended between its commit and the platform's note of it. */
const noteAgain = async (context: StreamContext, receipt: StreamReceipt): Promise<void> => {
  await context.destination.query('BEGIN')
  await commit(context, receipt)
}
