/** The thread of one run: a source, the engine, and reports to the worker. */

import { EventEmitter, once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { connectorDrivers } from '@aiia/connectors/drivers'
import { SyncError, toFailure } from '@aiia/core/failures/failure'
import type { Source } from '@aiia/core/sync/source'
import { LeaseLostError } from '@aiia/engine/commit-guard'
import type { SyncReport } from '@aiia/engine/report'
import { syncRun } from '@aiia/engine/sync-run'
import { createTargetPolicy } from '@aiia/kit/target-policy'
import { createCommitGuard } from './platform-fence.ts'
import { refusePlatformDatabase } from './refused-databases.ts'
import { replaySource } from './replay-source.ts'
import type { ThreadCommand, ThreadInput, ThreadMessage } from './thread-messages.ts'

const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

const { held, number, configuration, credentials, databaseUrl, destination, hashSalt, targets, refusedDatabases } =
  workerData as ThreadInput

const abort = new AbortController()
const answers = new EventEmitter<{ kept: [] }>()
// oxlint-disable-next-line unicorn/prefer-add-event-listener -- a MessagePort of Node
parentPort?.on('message', (command: ThreadCommand) => {
  if (command === 'abort') abort.abort()
  else answers.emit(command)
})

const report: SyncReport = {
  log: (level, message) => tell({ type: 'log', entry: { at: new Date(), level, message } }),
  counts: (counts) => tell({ type: 'counts', counts }),
  step: (step) => tell({ type: 'step', step }),
  rejected: (rows) => tell({ type: 'rejected', rows }),
  begins: (stream, behind) => tell({ type: 'begins', stream, behind }),
  kept: async () => {
    const kept = once(answers, 'kept', { signal: abort.signal })
    tell({ type: 'keep' })
    await kept
  },
}

const openSource = async (): Promise<Source> => {
  const { kind } = configuration.connector
  const driver = connectorDrivers.get(kind)
  if (driver === undefined) throw new SyncError('PROTOCOL_ERROR', `This worker has no driver for the kind "${kind}".`)
  refusePlatformDatabase(configuration.settings, refusedDatabases)
  const source = await driver.open({
    settings: configuration.settings,
    credentials,
    connectTimeoutMs: configuration.limits.connectTimeoutSeconds * 1_000,
    targets: createTargetPolicy(targets),
    signal: abort.signal,
    log: report.log,
  })
  const { replay } = configuration
  return replay == null ? source : replaySource(source, { replay, databaseUrl, signal: abort.signal })
}

try {
  const guard = createCommitGuard(held, { databaseUrl, destinationUrl: destination.url })
  const input = { runId: held.runId, number, attempt: held.attempt, configuration }
  const counts = await syncRun(input, {
    source: openSource,
    destination,
    guard,
    hashSalt: Buffer.from(hashSalt),
    report,
    signal: abort.signal,
  })
  tell({ type: 'completed', counts })
} catch (error) {
  if (error instanceof LeaseLostError) tell({ type: 'lease-lost' })
  else tell({ type: 'failed', failure: toFailure(error), retryAfterMs: error instanceof SyncError ? error.retryAfterMs : undefined })
}
parentPort?.close()
