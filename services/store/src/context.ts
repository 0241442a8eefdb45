/** What every function of the store is given first. */

import type { PrismaClient } from '@aiia/prisma/client'

export type StoreContext = { prisma: PrismaClient }
