/** What every function of the store is given first. */

import type { Actor } from '@aiia/core/audit/audit'
import type { PrismaClient } from '@aiia/prisma/client'

export type StoreContext = {
  prisma: PrismaClient
  /** On whose behalf: what is changed goes into the audit log. Omitted where nobody asked: workers and schedulers. */
  actor?: Actor
}
