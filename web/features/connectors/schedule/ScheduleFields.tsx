'use client'
/** When a connector runs by itself: as a sentence or as CRON text, whichever one prefers to write. */

import { useId } from 'react'
import * as t from '@/texts/schedule.ts'
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
  { value: 'RUN_ONCE', label: t.missedRunsNames.RUN_ONCE },
  { value: 'SKIP', label: t.missedRunsNames.SKIP },
] as const

const overlaps = [
  { value: 'SKIP', label: t.overlapNames.SKIP },
  { value: 'QUEUE', label: t.overlapNames.QUEUE },
] as const

export const ScheduleFields = ({ form }: { form: ScheduleForm }) => (
  <div className="flex flex-col gap-4">
    <Switch checked={form.draft.on} onChange={(on) => form.change({ on })}>
      {t.runByItself}
    </Switch>
    {form.draft.on ? <OnSchedule form={form} /> : <p className="text-sm text-ink-soft">{t.onDemandHint}</p>}
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
            label={t.cronText}
            description={words === draft.cron ? t.cronHint : t.cronMeans(words)}
            error={errors['cron'] ?? problems['cron']}
          >
            <Input value={draft.cron} onChange={({ target }) => change({ cron: target.value })} className="font-mono text-xs" />
          </Field>
          <ZoneField
            value={draft.timeZone}
            onChange={(timeZone) => change({ timeZone })}
            error={errors['timeZone'] ?? problems['timeZone']}
          />
          <Field label={t.overlap} description={t.overlapHint} error={errors['overlap']}>
            <Select options={[...overlaps]} value={draft.overlap} onChange={(overlap) => change({ overlap })} />
          </Field>
          <Field label={t.missedRuns} description={t.missedRunsHint} error={errors['missedRuns']}>
            <Select options={[...missed]} value={draft.missedRuns} onChange={(missedRuns) => change({ missedRuns })} />
          </Field>
          <Field label={t.jitter} optional description={t.jitterHint} error={errors['jitterSeconds']}>
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
    <Field label={t.timeZone} description={t.timeZoneHint} error={error}>
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
