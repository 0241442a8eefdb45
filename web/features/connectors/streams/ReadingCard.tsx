'use client'
/** How a stream fills its table, and where each run begins to read. */

import type { SyncMode } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/streams.ts'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { RadioCards } from '@/ui/RadioCards.tsx'
import { Select } from '@/ui/Select.tsx'
import { type Column, canBeCursor } from './mapping.ts'
import type { StreamDraft } from './stream-draft.ts'
import { type Capabilities, modeNames, modeSentences } from './stream-words.ts'

export type EditorPart = {
  draft: StreamDraft
  change: (change: Partial<StreamDraft>) => void
  errors: Record<string, string>
}

type Props = EditorPart & { capabilities: Capabilities; columns: readonly Column[] }

const modes: SyncMode[] = ['FULL_REFRESH', 'INCREMENTAL', 'APPEND']

export const ReadingCard = ({ draft, change, errors, capabilities, columns }: Props) => {
  const sentences = modeSentences(capabilities)
  const impossible = capabilities.incremental === null
  return (
    <Card title={t.mode}>
      <div className="flex flex-col gap-4 p-4">
        <RadioCards
          label={t.mode}
          value={draft.mode}
          onChange={(mode) => change({ mode })}
          cards={modes.map((mode) => ({
            value: mode,
            label: modeNames[mode],
            description: mode === 'INCREMENTAL' && impossible ? t.incrementalImpossible : sentences[mode],
            disabled: mode === 'INCREMENTAL' && impossible,
          }))}
        />
        {errors['mode'] && <p className="text-xs text-failed">{errors['mode']}</p>}
        {draft.mode !== 'FULL_REFRESH' && capabilities.incremental === 'CURSOR' && (
          <CursorFields draft={draft} change={change} errors={errors} columns={columns} />
        )}
      </div>
    </Card>
  )
}

/** Columns whose order both sides share, and that come over as they are. */
const cursorColumns = ({ fields, cursorField }: StreamDraft, columns: readonly Column[]): string[] => {
  const carried = (name: string) =>
    fields === null || fields.some(({ source, transforms }) => source === name && transforms.every(({ kind }) => kind === 'DATE_FORMAT'))
  const possible = columns.filter(({ name, type }) => canBeCursor(typeOf(name, type, fields)) && carried(name)).map(({ name }) => name)
  return cursorField === null || possible.includes(cursorField) ? possible : [cursorField, ...possible]
}

const typeOf = (name: string, type: string, fields: StreamDraft['fields']): string => {
  const given = fields?.find(({ source }) => source === name)?.type ?? ''
  return given === '' ? type : given
}

const CursorFields = ({ draft, change, errors, columns }: EditorPart & { columns: readonly Column[] }) => {
  const possible = cursorColumns(draft, columns)
  const none = { value: '', label: draft.mode === 'APPEND' ? t.noCursor : t.chooseCursor }
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_9rem]">
      <Field label={t.cursor} description={t.cursorHint} error={errors['cursorField']}>
        <Select
          options={[none, ...possible.map((name) => ({ value: name, label: name }))]}
          value={draft.cursorField ?? ''}
          onChange={(name) => change({ cursorField: name === '' ? null : name })}
        />
      </Field>
      <Field label={t.overlap} error={errors['cursorOverlap']}>
        <Input
          inputMode="numeric"
          placeholder="300"
          value={draft.cursorOverlap}
          onChange={(event) => change({ cursorOverlap: event.target.value.trim() })}
        />
      </Field>
      <p className="text-xs text-ink-faint sm:col-span-2">{t.overlapHint}</p>
      {possible.length === 0 && columns.length > 0 && (
        <Callout tone="warning" className="sm:col-span-2">
          {t.noCursorPossible}
        </Callout>
      )}
    </div>
  )
}
