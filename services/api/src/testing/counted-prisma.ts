/** A Prisma client that counts what it is asked. */

import type { PrismaClient } from '@aiia/prisma/client'

export type CountedPrisma = { prisma: PrismaClient /** Operations since the last call. */; taken(): string[] }

export const countOperations = (prisma: PrismaClient): CountedPrisma => {
  let operations: string[] = []
  const counted = prisma.$extends({
    query: {
      $allOperations: ({ model, operation, args, query }) => {
        operations.push(model ? `${model}.${operation}` : operation)
        return query(args)
      },
    },
  })
  return {
    prisma: counted as unknown as PrismaClient,
    taken: () => {
      const taken = operations
      operations = []
      return taken
    },
  }
}
