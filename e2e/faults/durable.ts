/** For faults that kill Postgres: unlike those of other tests, it keeps what it said was committed, as the product's does. */

import type { StageOptions } from './stage.ts'

export const durable: StageOptions = { postgresSettings: { synchronous_commit: 'on' } }
