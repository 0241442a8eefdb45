'use client'
/** Entries of the audit log, newest first. */

import Link from 'next/link'
import type { AuditLogQuery } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/audit-log.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { detailsInWords } from './audit-words.ts'

type Entry = AuditLogQuery['auditLog']['nodes'][number]

export const AuditTable = ({ entries }: { entries: readonly Entry[] }) => (
  <Table label={t.title}>
    <thead>
      <tr>
        <Th className="hidden sm:table-cell">{t.numberColumn}</Th>
        <Th>{t.what}</Th>
        <Th className="hidden md:table-cell">{t.who}</Th>
        <Th className="hidden lg:table-cell">{t.from}</Th>
        <Th>{t.when}</Th>
      </tr>
    </thead>
    <tbody>
      {entries.map((entry) => (
        <Tr key={entry.number} className="h-14">
          <Td className="hidden w-px text-xs text-ink-faint tabular sm:table-cell">{entry.number}</Td>
          <Td className="w-full max-w-0">
            <p className="truncate text-sm">
              <span className="font-medium">{t.actionNames[entry.action]}</span> <SubjectName entry={entry} />
            </p>
            <p className="truncate text-xs text-ink-faint" title={detailsInWords(entry.details)}>
              <span className="md:hidden">
                {t.by(entry.actor)}
                {detailsInWords(entry.details) !== '' && ' · '}
              </span>
              {detailsInWords(entry.details)}
            </p>
          </Td>
          <Td className="hidden max-w-56 md:table-cell">
            <p className="truncate text-sm">{entry.actor}</p>
            <p className="text-xs text-ink-faint">{t.actorKindNames[entry.actorKind]}</p>
          </Td>
          <Td className="hidden w-px font-mono text-xs whitespace-nowrap text-ink-soft lg:table-cell">{entry.address}</Td>
          <Td className="w-px text-xs whitespace-nowrap text-ink-soft">
            <RelativeTime at={entry.at} />
          </Td>
        </Tr>
      ))}
    </tbody>
  </Table>
)

const SubjectName = ({ entry: { subject, subjectKind, subjectId, action } }: { entry: Entry }) => {
  const path = pathOf(subjectKind, subject, subjectId)
  if (path === null || action === 'CONNECTOR_DELETED') return <span className="text-ink-soft">{subject}</span>
  return (
    <Link
      href={path}
      className="rounded-sm text-ink-soft underline decoration-line-strong underline-offset-2 hover:text-ink hover:decoration-current"
    >
      {subject}
    </Link>
  )
}

const pathOf = (kind: Entry['subjectKind'], name: string, id: string | null): string | null => {
  if (kind === 'RUN') return `/admin/runs/${name.replace('#', '')}`
  return kind === 'CONNECTOR' && id !== null ? `/admin/connectors/${id}` : null
}
