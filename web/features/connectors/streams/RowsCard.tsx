'use client'
/** How rows are told apart, how many may fail, and how large tables are read. */

import * as t from '@/texts/streams.ts'
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
  { value: 'LAST_WINS', label: t.duplicatePolicies.LAST_WINS },
  { value: 'FORBID', label: t.duplicatePolicies.FORBID },
] as const

const chosenForIt = 'AUTO'

const sessions = [
  { value: chosenForIt, label: t.sessionsBySize },
  { value: '1', label: t.oneSession },
  ...[2, 3, 4, 6, 8].map((count) => ({ value: String(count), label: t.upToSessions(count) })),
]

export const RowsCard = ({ draft, change, errors, capabilities, columns, sourceKey }: Props) => (
  <Card title={t.rowsTitle}>
    <div className="flex flex-col gap-4 p-4">
      <KeyFields draft={draft} change={change} errors={errors} columns={columns} sourceKey={sourceKey} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t.duplicates} description={t.duplicatesHint} error={errors['duplicates']}>
          <Select options={[...duplicates]} value={draft.duplicates} onChange={(policy) => change({ duplicates: policy })} />
        </Field>
        <Field name="rejectLimit" label={t.rejectLimit} description={t.rejectLimitHint} error={errors['rejectLimit']}>
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
  const own = sourceKey === null || sourceKey.length === 0 ? t.keyOfSource : t.keyOfSourceNamed(sourceKey)
  const destinations = fields?.map(({ destination }) => destination).filter(Boolean) ?? columns.map(({ name }) => name)
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t.key} description={t.keyHint} error={keyBy === 'COLUMNS' ? undefined : errors['primaryKey']}>
        <Select
          options={[
            { value: 'SOURCE', label: own },
            { value: 'COLUMNS', label: t.keyOfColumns },
            { value: 'NONE', label: t.noKey },
          ]}
          value={keyBy}
          onChange={(next) => change({ keyBy: next })}
        />
      </Field>
      {keyBy === 'COLUMNS' && (
        <Field label={t.keyColumns} description={t.keyColumnsHint} error={errors['primaryKey']}>
          <MultiSelect
            options={destinations}
            values={keyColumns}
            placeholder={t.chooseColumns}
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
      {t.chunks}
    </Switch>
    {draft.chunkRows === null ? (
      <p className="text-xs text-ink-faint">{t.noChunksHint}</p>
    ) : (
      <Field label={t.chunkRows} description={t.chunkRowsHint} error={errors['chunking'] ?? errors['chunking.rows']}>
        <Input
          inputMode="numeric"
          value={draft.chunkRows}
          placeholder={t.chunkRowsBySize}
          onChange={(event) => change({ chunkRows: event.target.value.trim() })}
          className="sm:max-w-40"
        />
      </Field>
    )}
  </div>
)

const SessionFields = ({ draft, change, errors }: EditorPart) => (
  <Field label={t.sessions} description={t.sessionsHint} error={errors['parallel']}>
    <Select
      options={sessions}
      value={draft.parallel === '' ? chosenForIt : draft.parallel}
      onChange={(next) => change({ parallel: next === chosenForIt ? '' : next })}
      className="sm:max-w-64"
    />
  </Field>
)
