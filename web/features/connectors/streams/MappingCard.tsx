'use client'
/** Which columns of the source fill which columns of the destination, and how. */

import { Columns3, RefreshCw } from 'lucide-react'
import * as t from '@/texts/mapping.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { type Column, everyColumn, type FieldDraft } from './mapping.ts'
import { type MappingEdit, OwnMapping } from './OwnMapping.tsx'
import type { StreamColumns } from './use-stream-columns.ts'

type Props = MappingEdit & { columns: StreamColumns; fields: FieldDraft[] | null }

export const MappingCard = ({ columns: { columns, looking, look }, fields, onFields, keyColumns, errors }: Props) => {
  if (columns === null && looking) {
    return (
      <Card title={t.title}>
        <section aria-live="polite" aria-label={t.looking} className="flex flex-col gap-2 p-4">
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-8" />
          ))}
        </section>
      </Card>
    )
  }
  return fields === null ? (
    <EveryColumn columns={columns} onEdit={(found) => onFields(() => everyColumn(found))} onLook={look} looking={looking} />
  ) : (
    <OwnMapping
      found={columns}
      look={<LookAgain busy={looking} onLook={look} />}
      fields={fields}
      onFields={onFields}
      keyColumns={keyColumns}
      errors={errors}
    />
  )
}

type EveryColumnProps = { columns: Column[] | null; onEdit: (columns: Column[]) => void; onLook: () => void; looking: boolean }

const EveryColumn = ({ columns, onEdit, onLook, looking }: EveryColumnProps) => (
  <Card title={t.title}>
    <EmptyState
      compact
      icon={Columns3}
      title={t.everyColumnTitle}
      action={
        <>
          {columns !== null && (
            <Button variant="primary" onClick={() => onEdit(columns)}>
              {t.edit}
            </Button>
          )}
          <Button icon={RefreshCw} busy={looking} onClick={onLook}>
            {t.lookAgain}
          </Button>
        </>
      }
    >
      {columns === null ? t.columnsNotRead : t.everyColumnHint(columns.length)}
    </EmptyState>
  </Card>
)

/** After the source or what is read of it has changed. */
const LookAgain = ({ busy, onLook }: { busy: boolean; onLook: () => void }) => (
  <IconButton
    icon={RefreshCw}
    label={t.lookAgain}
    disabled={busy}
    onClick={onLook}
    className="size-7!"
    iconClassName={busy ? 'animate-spin' : ''}
  />
)
