'use client'
/** When a schedule would run next, or what is wrong with it, while it is written. */

import { CalendarClock } from 'lucide-react'
import { useQuery } from 'urql'
import { fieldErrors } from '@/graphql/errors.ts'
import { NextRunsDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/schedule.ts'
import { useDebounced } from '@/ui/use-debounced.ts'

type Times = { cron: string; timeZone: string }

/** What was asked last, until there is an answer: `problems` by the names of the fields. */
export const useNextRuns = ({ cron, timeZone }: Times): { runs: string[]; problems: Record<string, string> } => {
  const settled = useDebounced(JSON.stringify({ cron, timeZone }))
  const schedule = JSON.parse(settled) as Times
  const [{ data, error }] = useQuery({ query: NextRunsDocument, variables: { schedule }, requestPolicy: 'network-only' })
  const told = Object.entries(error ? fieldErrors(error) : {}).map(([path, message]) => [path.replace(/^schedule\./, ''), message])
  return { runs: error ? [] : (data?.nextRuns ?? []), problems: Object.fromEntries(told) as Record<string, string> }
}

/** null: a zone that is still being typed is none. */
const clockOf = (timeZone: string): Intl.DateTimeFormat | null => {
  try {
    return new Intl.DateTimeFormat(t.dateLocale, {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    })
  } catch {
    return null
  }
}

export const NextRuns = ({ runs, timeZone }: { runs: readonly string[]; timeZone: string }) => {
  const clock = clockOf(timeZone)
  return (
    <section aria-label={t.nextRuns} className="self-start rounded-lg border bg-sunken px-3 py-2.5 text-sm">
      <h3 className="flex items-center gap-2 text-xs font-medium text-ink-soft">
        <CalendarClock aria-hidden className="size-3.5" /> {t.nextRuns}
      </h3>
      <ol className="mt-1.5 flex min-h-30 flex-col gap-1 tabular">
        {runs.map((at) => (
          <li key={at}>
            <time dateTime={at}>{clock?.format(Date.parse(at))}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}
