/** The database answers, and has no room, memory or connection for what it was asked: it will take it later. */

import { Prisma } from '@aiia/prisma/client'

/** As the driver's adapter tells what the server said. */
type Told = { driverAdapterError?: { cause?: { originalCode?: unknown } } }

/** SQLSTATE class 53. */
export const isOutOfResources = (error: unknown): boolean => {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  const state = (error.meta as Told | undefined)?.driverAdapterError?.cause?.originalCode
  return typeof state === 'string' && state.startsWith('53')
}
