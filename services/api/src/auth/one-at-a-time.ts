/** People are changed one at a time, over all API processes. */

import type { TransactionClient } from '@aiia/prisma/client'

/** The trigger that keeps the last administrator takes the same. */
const lock = 7_269_341_108

/** Until the transaction ends. */
export const lockPeople = async (transaction: TransactionClient): Promise<void> => {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${lock})`
}
