/** The switch of the whole platform: while it is paused no run starts and no schedule fires; runs under way go on. */

import type { Subject } from '@aiia/core/audit/audit'
import { note } from './audit.ts'
import type { StoreContext } from './context.ts'
import { requeueForgotten } from './reconcile.ts'

const platform: Subject = { kind: 'PLATFORM', id: null, name: 'the platform' }

export type Maintenance = {
  since: Date
  /** Who paused it. */
  by: string
  /** As they put it; may be empty. */
  reason: string
}

/** @returns null unless the platform is paused */
export const maintenanceNow = async ({ prisma }: StoreContext): Promise<Maintenance | null> =>
  prisma.maintenance.findFirst({ select: { since: true, by: true, reason: true } })

/** Whoever paused it first stays the one who did, with the newest reason. */
export const pausePlatform = async ({ prisma, actor }: StoreContext, { by, reason }: Omit<Maintenance, 'since'>): Promise<void> =>
  prisma.$transaction(async (transaction) => {
    await transaction.maintenance.upsert({ where: { id: true }, create: { by, reason }, update: { reason } })
    await note(transaction, actor, { action: 'PLATFORM_PAUSED', subject: platform, details: { reason } })
  })

/** Runs that waited for this get a delivery; slots of schedules that were missed follow their policy. */
export const resumePlatform = async ({ prisma, actor }: StoreContext): Promise<void> =>
  prisma.$transaction(async (transaction) => {
    const { count } = await transaction.maintenance.deleteMany()
    await requeueForgotten({ prisma: transaction }, { olderThanMs: 0 })
    if (count > 0) await note(transaction, actor, { action: 'PLATFORM_RESUMED', subject: platform })
  })
