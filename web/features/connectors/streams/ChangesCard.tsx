'use client'
/** What is done when the source changes, and which sums must agree on both sides. */

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
  { value: 'ADD', label: 'Add it to the destination' },
  { value: 'IGNORE', label: 'Leave it out' },
  { value: 'STOP', label: 'Stop the run' },
] as const

const removed = [
  { value: 'STOP', label: 'Stop the run' },
  { value: 'IGNORE', label: 'Go on without it' },
] as const

export const ChangesCard = ({ draft, change, errors, capabilities, columns }: Props) => {
  const { schemaChanges, fields } = draft
  const set = (policy: Partial<StreamDraft['schemaChanges']>) => change({ schemaChanges: { ...schemaChanges, ...policy } })
  return (
    <Card title="When the source changes">
      <div className="flex flex-col gap-4 p-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="A new column"
            description={fields === null ? undefined : 'The mapping below names its columns one by one, so a new one is left out.'}
            error={errors['schemaChanges.added']}
          >
            <Select options={[...added]} value={schemaChanges.added} onChange={(policy) => set({ added: policy })} />
          </Field>
          <Field label="A column is gone or renamed" error={errors['schemaChanges.removed']}>
            <Select options={[...removed]} value={schemaChanges.removed} onChange={(policy) => set({ removed: policy })} />
          </Field>
        </div>
        <p className="text-xs text-ink-faint">
          A column of another type always stops the run before a row is read, unless the mapping gives it a type of its own: then each value
          is checked. What stops a run is shown there with the mapping that follows, to be applied with one click.
        </p>
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
        Compare control totals
      </Switch>
      {controlTotals === null ? (
        <p className="text-xs text-ink-faint">
          The source counts and sums its rows itself, and the run commits only what agrees with that to the last digit.
        </p>
      ) : (
        <Field
          label="Columns to sum"
          description="Whole numbers and decimals that are carried over as they are. The number of rows is always compared."
          error={errors['controlTotals']}
        >
          <MultiSelect
            options={possible}
            values={controlTotals}
            placeholder="None: rows are counted only"
            onChange={(next) => change({ controlTotals: next })}
          />
        </Field>
      )}
    </div>
  )
}
