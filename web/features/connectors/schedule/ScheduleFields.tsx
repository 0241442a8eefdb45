'use client'
/** When a connector runs by itself: as a sentence or as CRON text, whichever one prefers to write. */

import { useId } from 'react'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { Select } from '@/ui/Select.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { useHydrated } from '@/ui/use-hydrated.ts'
import { NextRuns, useNextRuns } from './NextRuns.tsx'
import { Sentence } from './Sentence.tsx'
import { scheduleInWords } from './schedule-words.ts'
import type { ScheduleForm } from './use-schedule-form.ts'

const missed = [
  { value: 'RUN_ONCE', label: 'Run once for all of them' },
  { value: 'SKIP', label: 'Skip them' },
] as const

const overlaps = [
  { value: 'SKIP', label: 'Skip this time' },
  { value: 'QUEUE', label: 'Wait for its end' },
] as const

export const ScheduleFields = ({ form }: { form: ScheduleForm }) => (
  <div className="flex flex-col gap-4">
    <Switch checked={form.draft.on} onChange={(on) => form.change({ on })}>
      Run by itself, on a schedule
    </Switch>
    {form.draft.on ? (
      <OnSchedule form={form} />
    ) : (
      <p className="text-sm text-ink-soft">It runs when somebody asks for it: by Sync Now, the API or the command line.</p>
    )}
  </div>
)

const OnSchedule = ({ form: { draft, errors, change } }: { form: ScheduleForm }) => {
  const { runs, problems } = useNextRuns(draft)
  const words = scheduleInWords(draft.cron)
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <Sentence cron={draft.cron} onCron={(cron) => change({ cron })} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="CRON text"
            description={words === draft.cron ? 'Minute, hour, day of the month, month, day of the week.' : `${words}.`}
            error={errors['cron'] ?? problems['cron']}
          >
            <Input value={draft.cron} onChange={({ target }) => change({ cron: target.value })} className="font-mono text-xs" />
          </Field>
          <ZoneField
            value={draft.timeZone}
            onChange={(timeZone) => change({ timeZone })}
            error={errors['timeZone'] ?? problems['timeZone']}
          />
          <Field label="When a run is still active" description="At a due time." error={errors['overlap']}>
            <Select options={[...overlaps]} value={draft.overlap} onChange={(overlap) => change({ overlap })} />
          </Field>
          <Field label="Times that were missed" description="While the platform was down." error={errors['missedRuns']}>
            <Select options={[...missed]} value={draft.missedRuns} onChange={(missedRuns) => change({ missedRuns })} />
          </Field>
          <Field
            label="Spread, s"
            optional
            description="Fires up to so much later, always the same for this connector: many that are due at once do not all start at once."
            error={errors['jitterSeconds']}
          >
            <Input
              inputMode="numeric"
              value={draft.jitterSeconds}
              placeholder="0"
              onChange={({ target }) => change({ jitterSeconds: target.value.trim() })}
            />
          </Field>
        </div>
      </div>
      <NextRuns runs={runs} timeZone={draft.timeZone} />
    </div>
  )
}

type ZoneProps = { value: string; onChange: (timeZone: string) => void; error: string | undefined }

/** Any name of the IANA; the browser offers those that it knows. */
const ZoneField = ({ value, onChange, error }: ZoneProps) => {
  const list = useId()
  const hydrated = useHydrated()
  return (
    <Field label="Time zone" description="By whose clock the hours are meant." error={error}>
      <Input list={list} value={value} onChange={({ target }) => onChange(target.value)} />
      {hydrated && (
        <datalist id={list}>
          {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </datalist>
      )}
    </Field>
  )
}
