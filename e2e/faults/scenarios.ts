/** Every fault that is tried, in the order of the table. */

import { workerKilled } from './rows/01-worker-killed.ts'
import { workerFrozen } from './rows/02-worker-frozen.ts'
import { workerStopped } from './rows/03-worker-stopped.ts'
import { outOfMemory } from './rows/05-out-of-memory.ts'
import { sourceFaults } from './rows/06-source.ts'
import { redisFaults } from './rows/09-redis.ts'
import { platformPostgres } from './rows/10-platform-postgres.ts'
import { apiKilled } from './rows/12-api-killed.ts'
import { cancelled } from './rows/15-cancelled.ts'
import { crowds } from './rows/16-crowds.ts'
import { connectorChanged } from './rows/17-connector-changed.ts'
import { reboot } from './rows/18-reboot.ts'
import { listenCut } from './rows/20-notify.ts'
import { statusNotWritten } from './rows/22-status-not-written.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [
  ...workerKilled,
  ...workerFrozen,
  ...workerStopped,
  outOfMemory,
  ...sourceFaults,
  ...redisFaults,
  ...platformPostgres,
  apiKilled,
  ...cancelled,
  ...crowds,
  ...connectorChanged,
  reboot,
  listenCut,
  statusNotWritten,
]
