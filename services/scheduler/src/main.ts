/** The scheduler daemon: outbox, lost runs, due slots, retention, notifications. */

import { runService } from '@aiia/kit/service'
import { readSettings } from './env.ts'
import { startScheduler } from './start-scheduler.ts'

await runService('scheduler', async ({ log }) => startScheduler(readSettings(), log))
