'use client'
/** How rows are told apart, how many may fail, and how large tables are read. */

import { Card } from '@/ui/Card.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { MultiSelect } from '@/ui/MultiSelect.tsx'
import { Select } from '@/ui/Select.tsx'
import { Switch } from '@/ui/Switch.tsx'
import type { Column } from './mapping.ts'
import type { EditorPart } from './ReadingCard.tsx'
import type { Capabilities } from './stream-words.ts'

type Props = EditorPart & {
  capabilities: Capabilities
  columns: readonly Column[]
  /** The source's own, where it is known. */
  sourceKey: readonly string[] | null
}

const duplicates = [
  { value: 'LAST_WINS', label: 'The later row counts' },
  { value: 'FORBID', label: 'End the run in Error' },
] as const

const chosenForIt = 'AUTO'

const sessions = [
  { value: chosenForIt, label: 'As many as pay for its size' },
  { value: '1', label: 'One session' },
  ...['2', '3', '4', '6', '8'].map((value) => ({ value, label: `Up to ${value} sessions` })),
]

export const RowsCard = ({ draft, change, errors, capabilities, columns, sourceKey }: Props) => (
  <Card title="Rows">
    <div className="flex flex-col gap-4 p-4">
      <KeyFields draft={draft} change={change} errors={errors} columns={columns} sourceKey={sourceKey} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Rows with the same key"
          description="Of one extract. Those that do not count are told as superseded."
          error={errors['duplicates']}
        >
          <Select options={[...duplicates]} value={draft.duplicates} onChange={(policy) => change({ duplicates: policy })} />
        </Field>
        <Field
          name="rejectLimit"
          label="Reject limit"
          description="Rows that may fail validation and be kept aside. With more, the run ends in Error and writes nothing."
          error={errors['rejectLimit']}
        >
          <Input inputMode="numeric" value={draft.rejectLimit} onChange={(event) => change({ rejectLimit: event.target.value.trim() })} />
        </Field>
      </div>
      {capabilities.chunks && <ChunkFields draft={draft} change={change} errors={errors} />}
      {capabilities.parallel && draft.chunkRows === null && <SessionFields draft={draft} change={change} errors={errors} />}
    </div>
  </Card>
)

const KeyFields = ({ draft, change, errors, columns, sourceKey }: Omit<Props, 'capabilities'>) => {
  const { keyBy, keyColumns, fields } = draft
  const own = sourceKey === null || sourceKey.length === 0 ? 'The source’s own key' : `The source’s own key: ${sourceKey.join(', ')}`
  const destinations = fields?.map(({ destination }) => destination).filter(Boolean) ?? columns.map(({ name }) => name)
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Primary key"
        description="By it a row is found again from run to run. Without one a full refresh replaces the whole table."
        error={keyBy === 'COLUMNS' ? undefined : errors['primaryKey']}
      >
        <Select
          options={[
            { value: 'SOURCE', label: own },
            { value: 'COLUMNS', label: 'Columns of the destination' },
            { value: 'NONE', label: 'None' },
          ]}
          value={keyBy}
          onChange={(next) => change({ keyBy: next })}
        />
      </Field>
      {keyBy === 'COLUMNS' && (
        <Field label="Key columns" description="Together they are unique, and none of them is ever empty." error={errors['primaryKey']}>
          <MultiSelect
            options={destinations}
            values={keyColumns}
            placeholder="Choose columns"
            onChange={(next) => change({ keyColumns: next })}
          />
        </Field>
      )}
    </div>
  )
}

const ChunkFields = ({ draft, change, errors }: EditorPart) => (
  <div className="flex flex-col gap-3 border-t pt-4">
    <Switch checked={draft.chunkRows !== null} onChange={(on) => change({ chunkRows: on ? '' : null })}>
      Read in chunks
    </Switch>
    {draft.chunkRows === null ? (
      <p className="text-xs text-ink-faint">Everything is read in one go, so that all rows show the same moment of the source.</p>
    ) : (
      <Field
        label="Rows of a chunk"
        description="Each chunk is kept as soon as it is read, and a new attempt goes on behind the last one; chunks of files are of whole files. Rows read by different attempts show different moments of the source."
        error={errors['chunking'] ?? errors['chunking.rows']}
      >
        <Input
          inputMode="numeric"
          value={draft.chunkRows}
          placeholder="By the size of the stream"
          onChange={(event) => change({ chunkRows: event.target.value.trim() })}
          className="sm:max-w-40"
        />
      </Field>
    )}
  </div>
)

const SessionFields = ({ draft, change, errors }: EditorPart) => (
  <Field
    label="Sessions that read at once"
    description="A large table is read faster by several sessions. All of them see the same moment of the source."
    error={errors['parallel']}
  >
    <Select
      options={sessions}
      value={draft.parallel === '' ? chosenForIt : draft.parallel}
      onChange={(next) => change({ parallel: next === chosenForIt ? '' : next })}
      className="sm:max-w-64"
    />
  </Field>
)
