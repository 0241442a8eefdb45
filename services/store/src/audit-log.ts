/** The audit log is checked: each entry against its own hash, and against the one before it. */

import { createHash } from 'node:crypto'
import type { Prisma } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'

export type AuditEntry = Prisma.AuditEntryGetPayload<object>

export type AuditVerification = {
  /** Entries that were found sound, from the first on. */
  entries: number
  /** Of the last of them. Whoever keeps it can tell later that the log was not cut off. */
  lastHash: string | null
  /** The first entry that is not sound; null: all are. */
  broken: { number: number; problem: string } | null
}

const firstPreviousHash = '0'.repeat(64)
const pageSize = 2_000

/** Computed here and not by the database, whose functions somebody who changes entries could change too. */
export const verifyAuditLog = async ({ prisma }: StoreContext): Promise<AuditVerification> => {
  let [entries, lastHash]: [number, string | null] = [0, null]
  for (;;) {
    const page = await prisma.auditEntry.findMany({ where: { number: { gt: entries } }, orderBy: { number: 'asc' }, take: pageSize })
    for (const entry of page) {
      const problem = problemOf(entry, entries + 1, lastHash ?? firstPreviousHash)
      if (problem !== null) return { entries, lastHash, broken: { number: Math.min(entry.number, entries + 1), problem } }
      entries = entry.number
      lastHash = entry.hash
    }
    if (page.length < pageSize) return { entries, lastHash, broken: null }
  }
}

const problemOf = (entry: AuditEntry, expected: number, previousHash: string): string | null => {
  if (entry.number !== expected) return `Entry ${expected} is missing.`
  if (entry.previousHash !== previousHash) {
    return `Entry ${expected} does not follow the one before it: that one was exchanged, or this one was written past the platform.`
  }
  return entry.hash === hashOf(entry) ? null : `Entry ${expected} was changed after it was written.`
}

/** As the trigger `append_to_audit_log` computes it. */
const hashOf = (entry: AuditEntry): string => {
  const { previousHash, number, at, actorKind, actor, actorId, address, action, subjectKind, subject, subjectId, details } = entry
  const fields = [
    previousHash,
    String(number),
    at.toISOString(),
    actorKind,
    actor,
    actorId,
    address,
    action,
    subjectKind,
    subject,
    subjectId,
  ]
  return createHash('sha256')
    .update([...fields, details].map(withLength).join(','))
    .digest('hex')
}

const withLength = (field: string | null): string => (field === null ? '-' : `${Buffer.byteLength(field)}:${field}`)
