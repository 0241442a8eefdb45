/** The connector whose source is asked something. */

import type { Prisma, PrismaClient } from '@aiia/prisma/client'
import { notFound } from '../errors.ts'
import { parseId } from './ids.ts'

/** @returns null when no id is given */
export const connectorToAsk = async (
  { prisma }: { prisma: PrismaClient },
  id: string | null | undefined,
): Promise<Prisma.ConnectorGetPayload<object> | null> => {
  if (id == null) return null
  const connector = await prisma.connector.findFirst({ where: { id: parseId('Connector', id), deletedAt: null } })
  if (connector === null) throw notFound('There is no such connector.')
  return connector
}
