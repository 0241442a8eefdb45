/** A worker: takes deliveries, holds leases, runs the engine in a thread per run. */

import { runService } from '@aiia/kit/service'
import { readSettings } from './env.ts'
import { startWorker } from './start-worker.ts'

await runService('worker', async ({ log }) => startWorker(readSettings(), log))
