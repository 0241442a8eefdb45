/** The rejected rows of a run, page by page, however many there are. */

import type { Prisma } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'

export type StoredRejectedRow = Prisma.RejectedRowGetPayload<object>

/** A page holds no connection and no transaction while it is used. */
export async function* rejectedRowPages({ prisma }: StoreContext, runId: string, pageSize = 500): AsyncGenerator<StoredRejectedRow[]> {
  for (let after = 0; ; ) {
    const page = await prisma.rejectedRow.findMany({
      where: { runId, ordinal: { gt: after } },
      orderBy: { ordinal: 'asc' },
      take: pageSize,
    })
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    after = page.at(-1)?.ordinal ?? after
  }
}
