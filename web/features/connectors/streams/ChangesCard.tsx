'use client'
/** What is done when the source changes, and which sums must agree on both sides. */

import * as t from '@/texts/streams.ts'
import { Card } from '@/ui/Card.tsx'
import { Field } from '@/ui/Field.tsx'
import { MultiSelect } from '@/ui/MultiSelect.tsx'
import { Select } from '@/ui/Select.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { type Column, isExactNumber } from './mapping.ts'
import type { EditorPart } from './ReadingCard.tsx'
import type { StreamDraft } from './stream-draft.ts'
import type { Capabilities } from './stream-words.ts'

type Props = EditorPart & { capabilities: Capabilities; columns: readonly Column[] }

const added = [
  { value: 'ADD', label: t.addedColumnPolicies.ADD },
  { value: 'IGNORE', label: t.addedColumnPolicies.IGNORE },
  { value: 'STOP', label: t.addedColumnPolicies.STOP },
] as const

const removed = [
  { value: 'STOP', label: t.removedColumnPolicies.STOP },
  { value: 'IGNORE', label: t.removedColumnPolicies.IGNORE },
] as const

export const ChangesCard = ({ draft, change, errors, capabilities, columns }: Props) => {
  const { schemaChanges, fields } = draft
  const set = (policy: Partial<StreamDraft['schemaChanges']>) => change({ schemaChanges: { ...schemaChanges, ...policy } })
  return (
    <Card title={t.changesTitle}>
      <div className="flex flex-col gap-4 p-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t.addedColumn}
            description={fields === null ? undefined : t.addedColumnUnmappedHint}
            error={errors['schemaChanges.added']}
          >
            <Select options={[...added]} value={schemaChanges.added} onChange={(policy) => set({ added: policy })} />
          </Field>
          <Field label={t.removedColumn} error={errors['schemaChanges.removed']}>
            <Select options={[...removed]} value={schemaChanges.removed} onChange={(policy) => set({ removed: policy })} />
          </Field>
        </div>
        <p className="text-xs text-ink-faint">{t.retypedColumnHint}</p>
        {capabilities.controlTotals && <ControlTotals draft={draft} change={change} errors={errors} columns={columns} />}
      </div>
    </Card>
  )
}

const ControlTotals = ({ draft, change, errors, columns }: Omit<Props, 'capabilities'>) => {
  const { controlTotals, fields } = draft
  const carried = (name: string) =>
    fields === null ||
    fields.some(({ source, type, transforms }) => source === name && transforms.length === 0 && (type === '' || isExactNumber(type)))
  const possible = columns.filter(({ name, type }) => isExactNumber(type) && carried(name)).map(({ name }) => name)
  return (
    <div className="flex flex-col gap-3 border-t pt-4">
      <Switch checked={controlTotals !== null} onChange={(on) => change({ controlTotals: on ? [] : null })}>
        {t.controlTotals}
      </Switch>
      {controlTotals === null ? (
        <p className="text-xs text-ink-faint">{t.noControlTotalsHint}</p>
      ) : (
        <Field label={t.summedColumns} description={t.summedColumnsHint} error={errors['controlTotals']}>
          <MultiSelect
            options={possible}
            values={controlTotals}
            placeholder={t.noSummedColumns}
            onChange={(next) => change({ controlTotals: next })}
          />
        </Field>
      )}
    </div>
  )
}
