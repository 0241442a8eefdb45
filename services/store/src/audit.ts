/** Changes are noted in the audit log, in the transaction that makes them. */

import type { Actor, AuditNote } from '@aiia/core/audit/audit'
import type { TransactionClient } from '@aiia/prisma/client'

/**
 * The entry is appended when the transaction commits, and with it: no change without its entry, no entry without its
 * change. The log's end is locked from there on only, so a client that stops in the middle keeps nobody waiting.
 *
 * @param actor omitted: nobody asked for it, and it is not noted
 */
export const note = async (
  transaction: Pick<TransactionClient, '$executeRaw'>,
  actor: Actor | undefined,
  { action, subject, details = {} }: AuditNote,
): Promise<void> => {
  if (actor === undefined) return
  await transaction.$executeRaw`
    INSERT INTO platform.audit_pending (actor_kind, actor, actor_id, address, action, subject_kind, subject, subject_id, details)
    VALUES (${actor.kind}, ${actor.name}, ${actor.id}, ${actor.address}, ${action}, ${subject.kind}, ${subject.name}, ${subject.id},
      ${JSON.stringify(details)})`
}
