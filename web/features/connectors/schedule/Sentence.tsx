'use client'
/** The parts of the sentence that a schedule is, each to choose. */

import * as t from '@/texts/schedule.ts'
import { weekdays } from '@/texts/schedule-words.ts'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { Select } from '@/ui/Select.tsx'
import { changeRhythm, type Every, parseRhythm, printRhythm, type Rhythm } from './rhythm.ts'

const byText = 'TEXT'

type Choice = { value: Every | typeof byText; label: string }

const rhythms: Choice[] = [
  { value: 'MINUTES', label: t.rhythmNames.MINUTES },
  { value: 'HOURS', label: t.rhythmNames.HOURS },
  { value: 'DAY', label: t.rhythmNames.DAY },
  { value: 'WEEKDAYS', label: t.rhythmNames.WEEKDAYS },
  { value: 'WEEK', label: t.rhythmNames.WEEK },
  { value: 'MONTH', label: t.rhythmNames.MONTH },
]

const counted = (from: number, to: number, label: (value: number) => string) =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ value: String(from + at), label: label(from + at) }))

const minuteSteps = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30]
const hourSteps = [1, 2, 3, 4, 6, 8, 12]

/** Those that divide the hour or the day, and whatever the text has. */
const stepsWith = (steps: readonly number[], own: number, label: (step: number) => string) =>
  [...new Set([...steps, own])].toSorted((one, other) => one - other).map((step) => ({ value: String(step), label: label(step) }))

const pastTheHour = counted(0, 59, (minute) => `:${String(minute).padStart(2, '0')}`)
const daysOfWeek = weekdays.map((label, weekday) => ({ value: String(weekday), label }))
const daysOfMonth = counted(1, 31, String)

type Props = { cron: string; onCron: (cron: string) => void }

export const Sentence = ({ cron, onCron }: Props) => {
  const rhythm = parseRhythm(cron)
  const own: Choice[] = rhythm === null ? [{ value: byText, label: t.byCronText }] : []
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={t.runs} className="w-48">
        <Select
          options={[...own, ...rhythms]}
          value={rhythm?.every ?? byText}
          onChange={(next) => next !== byText && onCron(printRhythm(changeRhythm(rhythm, next)))}
        />
      </Field>
      {rhythm && <Details rhythm={rhythm} onRhythm={(next) => onCron(printRhythm(next))} />}
    </div>
  )
}

const Details = ({ rhythm, onRhythm }: { rhythm: Rhythm; onRhythm: (rhythm: Rhythm) => void }) => {
  switch (rhythm.every) {
    case 'MINUTES':
      return (
        <Field label={t.every} className="w-36">
          <Select
            options={stepsWith(minuteSteps, rhythm.minutes, t.minutes)}
            value={String(rhythm.minutes)}
            onChange={(minutes) => onRhythm({ ...rhythm, minutes: Number(minutes) })}
          />
        </Field>
      )
    case 'HOURS':
      return (
        <>
          <Field label={t.every} className="w-36">
            <Select
              options={stepsWith(hourSteps, rhythm.hours, t.hours)}
              value={String(rhythm.hours)}
              onChange={(hours) => onRhythm({ ...rhythm, hours: Number(hours) })}
            />
          </Field>
          <Field label={t.minute} className="w-24">
            <Select
              options={pastTheHour}
              value={String(rhythm.minute)}
              onChange={(minute) => onRhythm({ ...rhythm, minute: Number(minute) })}
            />
          </Field>
        </>
      )
    case 'WEEK':
      return (
        <>
          <Field label={t.dayOfWeek} className="w-36">
            <Select
              options={daysOfWeek}
              value={String(rhythm.weekday)}
              onChange={(weekday) => onRhythm({ ...rhythm, weekday: Number(weekday) })}
            />
          </Field>
          <Time rhythm={rhythm} onRhythm={onRhythm} />
        </>
      )
    case 'MONTH':
      return (
        <>
          <Field label={t.dayOfMonth} className="w-24">
            <Select options={daysOfMonth} value={String(rhythm.day)} onChange={(day) => onRhythm({ ...rhythm, day: Number(day) })} />
          </Field>
          <Time rhythm={rhythm} onRhythm={onRhythm} />
        </>
      )
    case 'DAY':
    case 'WEEKDAYS':
      return <Time rhythm={rhythm} onRhythm={onRhythm} />
  }
}

const Time = <R extends Extract<Rhythm, { time: string }>>({ rhythm, onRhythm }: { rhythm: R; onRhythm: (rhythm: R) => void }) => (
  <Field label={t.at} className="w-30">
    {/* While a part of it is empty, it has no value. */}
    <Input type="time" value={rhythm.time} onChange={({ target }) => target.value && onRhythm({ ...rhythm, time: target.value })} />
  </Field>
)
