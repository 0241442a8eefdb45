'use client'
/** Which columns of the source fill which columns of the destination, and how. */

import { Columns3, RefreshCw } from 'lucide-react'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { formatCount } from '@/ui/format.ts'
import { IconButton } from '@/ui/IconButton.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { type Column, everyColumn, type FieldDraft } from './mapping.ts'
import { type MappingEdit, OwnMapping } from './OwnMapping.tsx'
import type { StreamColumns } from './use-stream-columns.ts'

type Props = MappingEdit & { columns: StreamColumns; fields: FieldDraft[] | null }

export const MappingCard = ({ columns: { columns, looking, look }, fields, onFields, keyColumns, errors }: Props) => {
  if (columns === null && looking) {
    return (
      <Card title="Mapping">
        <section aria-live="polite" aria-label="Looking at the columns of the source" className="flex flex-col gap-2 p-4">
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
  <Card title="Mapping">
    <EmptyState
      compact
      icon={Columns3}
      title="Every column, as it is"
      action={
        <>
          {columns !== null && (
            <Button variant="primary" onClick={() => onEdit(columns)}>
              Edit the mapping
            </Button>
          )}
          <Button icon={RefreshCw} busy={looking} onClick={onLook}>
            Look at the source again
          </Button>
        </>
      }
    >
      {columns === null
        ? 'Its columns could not be read now; the preview below says why.'
        : `All ${formatCount(columns.length)} columns keep their names and types, and new ones come along. Edit the mapping to leave columns out, rename them, give them other types, or change their values on the way.`}
    </EmptyState>
  </Card>
)

/** After the source or what is read of it has changed. */
const LookAgain = ({ busy, onLook }: { busy: boolean; onLook: () => void }) => (
  <IconButton
    icon={RefreshCw}
    label="Look at the source again"
    disabled={busy}
    onClick={onLook}
    className="size-7!"
    iconClassName={busy ? 'animate-spin' : ''}
  />
)
