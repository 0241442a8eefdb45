'use client'
/** What has changed at the source, and the mapping that follows it. */

import clsx from 'clsx'
import { ArrowRight, ChevronRight, Minus, Pencil, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMayActAs } from '@/features/session/use-role.ts'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run-failure.tsx'
import { ButtonLink } from '@/ui/Button.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { streamPath } from './remedies.ts'

export type MappingProposal = NonNullable<NonNullable<RunDetailFragment['failure']>['proposal']>

type Change = MappingProposal['changes'][number]
type Field = MappingProposal['fields'][number]

const icons = { ADDED: Plus, REMOVED: Minus, RENAMED: Pencil, RETYPED: Pencil, NULLABILITY: Pencil } as const

const ColumnText = ({ name, type }: { name: string; type: string | null }) =>
  type === null ? (
    <span className="text-ink-faint">{t.noSuchColumn}</span>
  ) : (
    <span className="font-mono break-words">
      {name} <span className="text-ink-faint">{type}</span>
    </span>
  )

/** What becomes of the column's field under the proposed mapping. */
const consequence = ({ kind, column, to, now }: Change, fields: readonly Field[]): ReactNode => {
  const source = kind === 'RENAMED' ? to : column
  const field = fields.find((candidate) => candidate.source === source)
  if (field === undefined) return kind === 'REMOVED' ? t.fieldGoes : t.columnLeftOut
  const name = <span className="font-mono">{field.destination}</span>
  switch (kind) {
    case 'ADDED':
      return t.fillsNewField(name)
    case 'RENAMED':
      return t.goesOnFilling(name)
    case 'RETYPED':
      return t.fieldBecomes(name, <span className="font-mono">{field.type ?? now}</span>)
    case 'REMOVED':
    case 'NULLABILITY':
      return t.fieldStays(name)
  }
}

export const Proposal = ({ run, proposal }: { run: RunDetailFragment; proposal: MappingProposal }) => {
  const mayApply = useMayActAs('ADMINISTRATOR') && run.connector.deletedAt === null
  const { changes, fields, stream } = proposal
  return (
    <section aria-labelledby="proposal-title" className="mt-4 overflow-hidden rounded-lg border">
      <header className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 border-b bg-canvas px-4 py-2">
        <h3 id="proposal-title" className="text-sm font-medium">
          {t.proposedMappingOf(<span className="font-mono text-xs">{stream}</span>)}
        </h3>
        <span className="text-xs text-ink-faint tabular">{t.changesAtSource(changes.length)}</span>
      </header>
      <Changes changes={changes} fields={fields} />
      <Fields fields={fields} />
      <footer className="flex flex-wrap items-center gap-2 border-t bg-canvas px-4 py-3">
        {mayApply ? (
          <ButtonLink href={streamPath(run.connector.id, stream)}>{t.editMapping}</ButtonLink>
        ) : (
          <p className="text-sm text-ink-soft">{t.administratorCanApply}</p>
        )}
      </footer>
    </section>
  )
}

const Changes = ({ changes, fields }: Pick<MappingProposal, 'changes' | 'fields'>) => (
  <>
    <Table label={t.whatChanged} className="hidden text-xs sm:table">
      <thead>
        <tr>
          <Th>{t.change}</Th>
          <Th>{t.expected}</Th>
          <Th>{t.found}</Th>
          <Th className="w-full">{t.withMapping}</Th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Tr key={`${change.kind} ${change.column}`} className="h-10">
            <Td>
              <Kind kind={change.kind} />
            </Td>
            <Td className="min-w-40 xl:whitespace-nowrap">
              <ColumnText name={change.column} type={change.before} />
            </Td>
            <Td className="min-w-40 xl:whitespace-nowrap">
              <ColumnText name={change.to ?? change.column} type={change.now} />
            </Td>
            <Td className="text-ink-soft">{consequence(change, fields)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
    <ul aria-label={t.whatChanged} className="text-xs sm:hidden">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.column}`} className="flex flex-col gap-1 border-b px-4 py-2.5 last:border-b-0">
          <Kind kind={change.kind} />
          <span className="flex flex-wrap items-center gap-x-2">
            <ColumnText name={change.column} type={change.before} />
            <ArrowRight aria-label={t.isNow} className="size-3 text-ink-faint" />
            <ColumnText name={change.to ?? change.column} type={change.now} />
          </span>
          <span className="text-ink-soft">{consequence(change, fields)}</span>
        </li>
      ))}
    </ul>
  </>
)

const Kind = ({ kind }: { kind: Change['kind'] }) => {
  const Icon = icons[kind]
  return (
    <span className={clsx('flex items-center gap-1.5 font-medium whitespace-nowrap', kind === 'REMOVED' ? 'text-failed' : 'text-ink')}>
      <Icon aria-hidden className="size-3.5" />
      {t.changeNames[kind]}
    </span>
  )
}

const Fields = ({ fields }: { fields: readonly Field[] }) => (
  <details className="group border-t">
    <summary className="flex list-none items-center gap-1 px-4 py-2 text-xs font-medium text-ink-soft -outline-offset-2 hover:text-ink [&::-webkit-details-marker]:hidden">
      <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
      {t.wholeMapping(fields.length)}
    </summary>
    <ul aria-label={t.proposedMapping} className="grid gap-x-6 gap-y-1 px-4 pt-1 pb-3 font-mono text-xs md:grid-cols-2 xl:grid-cols-3">
      {fields.map(({ source, destination, type }) => (
        <li key={destination} className="flex min-w-0 items-center gap-1.5">
          <span className="truncate">{source ?? t.constant}</span>
          <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-faint" />
          <span className="truncate">{destination}</span>
          {type && <span className="truncate text-ink-faint">{type}</span>}
        </li>
      ))}
    </ul>
  </details>
)
