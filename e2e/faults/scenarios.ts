/** Every fault that is tried, in the order of the table. */

import { workerKilled } from './rows/01-worker-killed.ts'
import { workerFrozen } from './rows/02-worker-frozen.ts'
import { workerStopped } from './rows/03-worker-stopped.ts'
import { threadBlocked } from './rows/04-thread-blocked.ts'
import { outOfMemory } from './rows/05-out-of-memory.ts'
import { sourceFaults } from './rows/06-source.ts'
import { schemaChanges } from './rows/07-schema-changes.ts'
import { badValues } from './rows/08-bad-values.ts'
import { redisFaults } from './rows/09-redis.ts'
import { platformPostgres } from './rows/10-platform-postgres.ts'
import { feedFaults } from './rows/11-feed.ts'
import { apiKilled } from './rows/12-api-killed.ts'
import { slowViewers } from './rows/13-slow-viewer.ts'
import { schedulers } from './rows/14-schedulers.ts'
import { cancelled } from './rows/15-cancelled.ts'
import { crowds } from './rows/16-crowds.ts'
import { connectorChanged } from './rows/17-connector-changed.ts'
import { reboot } from './rows/18-reboot.ts'
import { upgrade } from './rows/19-upgrade.ts'
import { notifyFaults } from './rows/20-notify.ts'
import { unfitRedis } from './rows/21-redis-unfit.ts'
import { statusNotWritten } from './rows/22-status-not-written.ts'
import { fullDisks } from './rows/23-disk-full.ts'
import { clockJumps } from './rows/24-clock.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [
  ...workerKilled,
  ...workerFrozen,
  ...workerStopped,
  ...threadBlocked,
  ...outOfMemory,
  ...sourceFaults,
  ...schemaChanges,
  ...badValues,
  ...redisFaults,
  ...platformPostgres,
  feedFaults,
  apiKilled,
  slowViewers,
  ...schedulers,
  ...cancelled,
  ...crowds,
  ...connectorChanged,
  reboot,
  upgrade,
  ...notifyFaults,
  ...unfitRedis,
  statusNotWritten,
  ...fullDisks,
  ...clockJumps,
]
