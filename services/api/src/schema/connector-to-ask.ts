/** The connector whose source is asked something. */

import type { Prisma, PrismaClient } from '@aiia/prisma/client'
import { notFound } from '../errors.ts'
import { parseId } from './ids.ts'

/**
 * @param field the argument that `id` came with
 * @returns null when no id is given
 */
export const connectorToAsk = async (
  { prisma }: { prisma: PrismaClient },
  id: string | null | undefined,
  field = 'id',
): Promise<Prisma.ConnectorGetPayload<object> | null> => {
  if (id == null) return null
  const connector = await prisma.connector.findFirst({ where: { id: parseId('Connector', id, field), deletedAt: null } })
  if (connector === null) throw notFound('There is no such connector.')
  return connector
}
