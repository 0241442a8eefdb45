/** The audit log: read by pages, and checked. */

import { actorKinds, auditActions, subjectKinds } from '@aiia/core/audit/audit'
import type { Prisma } from '@aiia/prisma/client'
import { type AuditVerification as Verification, verifyAuditLog } from '@aiia/store/audit-log'
import { builder } from './builder.ts'
import { AuditAction, AuditActorKind, AuditSubjectKind } from './enums-of-audit.ts'
import { type NodeType, toGlobalId } from './ids.ts'
import { type PageQuery, pageOf } from './keyset.ts'

/** What was written as one of them, whatever later releases make of it. */
const oneOf = <T extends string>(names: readonly T[], stored: string): T => {
  const name = names.find((known) => known === stored)
  if (name === undefined) throw new Error(`the audit log holds "${stored}", which this release does not know`)
  return name
}

const nodes: Partial<Record<(typeof subjectKinds)[number], NodeType>> = {
  CONNECTOR: 'Connector',
  RUN: 'JobRun',
  TOKEN: 'ApiToken',
  PERSON: 'Person',
  CHANNEL: 'NotificationChannel',
}

builder.prismaObject('AuditEntry', {
  description: 'One thing that somebody did. Entries are never changed or removed.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'From 1, without a gap.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was done.' }),
    actor: t.exposeString('actor', { description: 'Who did it: the email address of a person, the name of a token.' }),
    actorKind: t.field({ type: AuditActorKind, description: 'What they are.', resolve: ({ actorKind }) => oneOf(actorKinds, actorKind) }),
    address: t.exposeString('address', {
      nullable: true,
      description: 'The network address that it came from; null for the platform itself.',
    }),
    action: t.field({ type: AuditAction, description: 'What was done.', resolve: ({ action }) => oneOf(auditActions, action) }),
    subject: t.exposeString('subject', { description: 'To what, as it was called then: a connector, a run such as `#14802`, a person.' }),
    subjectKind: t.field({
      type: AuditSubjectKind,
      description: 'What that is.',
      resolve: ({ subjectKind }) => oneOf(subjectKinds, subjectKind),
    }),
    subjectId: t.id({
      nullable: true,
      description: 'Its global id; it may be gone.',
      resolve: ({ subjectKind, subjectId }) => {
        const type = nodes[oneOf(subjectKinds, subjectKind)]
        return type === undefined || subjectId === null ? null : toGlobalId(type, subjectId)
      },
    }),
    details: t.field({
      type: 'JSON',
      description: 'What more there is to say, such as the parts of a connector that changed; no values, no secrets.',
      resolve: ({ details }) => JSON.parse(details) as unknown,
    }),
    previousHash: t.exposeString('previousHash', { description: 'Hash of the entry before; 64 zeros for the first.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 over `previousHash` and all that this entry says.' }),
  }),
})

const AuditFilter = builder.inputType('AuditFilter', {
  description: 'Which entries; all that is given must hold.',
  fields: (t) => ({
    actions: t.field({ type: [AuditAction], description: 'Entries of these actions.' }),
    search: t.string({ description: 'Entries with this text in who did it, to what, or from where, whatever its case.' }),
    from: t.field({ type: 'DateTime', description: 'Entries of this moment or later.' }),
    to: t.field({ type: 'DateTime', description: 'Entries before this moment.' }),
  }),
})

builder.queryField('auditLog', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).prismaConnection({
    type: 'AuditEntry',
    cursor: 'number',
    description: 'Who did what, newest first.',
    args: { filter: t.arg({ type: AuditFilter, description: 'Which entries.' }) },
    resolve: (query, _root, { filter }, { prisma }) => {
      const { page, selection } = pageOf(query as typeof query & PageQuery)
      return prisma.auditEntry.findMany({
        ...selection,
        take: page.take,
        where: {
          AND: [matching(filter ?? {}), page.from === undefined ? {} : { number: page.take < 0 ? { gt: page.from } : { lt: page.from } }],
        },
        orderBy: { number: 'desc' },
      })
    },
  }),
)

const matching = ({ actions, search, from, to }: typeof AuditFilter.$inferInput): Prisma.AuditEntryWhereInput => {
  const text = { contains: search ?? '', mode: 'insensitive' as const }
  return {
    ...(actions && { action: { in: actions } }),
    ...(search && { OR: [{ actor: text }, { subject: text }, { address: text }] }),
    ...((from || to) && { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
  }
}

const AuditVerification = builder.objectRef<Verification>('AuditVerification').implement({
  description: 'Whether the audit log is as it was written.',
  fields: (t) => ({
    ok: t.boolean({ description: 'Whether every entry is sound.', resolve: ({ broken }) => broken === null }),
    entries: t.exposeInt('entries', { description: 'Entries that were found sound, from the first on.' }),
    lastHash: t.exposeString('lastHash', {
      nullable: true,
      description: 'Hash of the last of them. Keep it elsewhere, and a log that was cut off later can be told from this one.',
    }),
    brokenAt: t.int({
      nullable: true,
      description: 'Number of the first entry that is not sound.',
      resolve: ({ broken }) => broken?.number ?? null,
    }),
    problem: t.string({ nullable: true, description: 'What is wrong with it.', resolve: ({ broken }) => broken?.problem ?? null }),
  }),
})

builder.queryField('verifyAuditLog', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: AuditVerification,
    description: 'Computes the hash of every entry anew and compares; it reads the whole log.',
    resolve: (_root, _args, { prisma }) => verifyAuditLog({ prisma }),
  }),
)
