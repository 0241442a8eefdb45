'use client'
/** The connector at a glance: how fresh it is, how its runs went, and what it is. */

import { History } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { RunHeadings, RunRow } from '@/features/job-runs/RunRow.tsx'
import { StatusBadge } from '@/features/job-runs/StatusBadge.tsx'
import * as t from '@/texts/connector.ts'
import { settingMeanings } from '@/texts/glossary.ts'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { formatDuration } from '@/ui/format.ts'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Table } from '@/ui/Table.tsx'
import { scheduleInWords } from '../schedule/schedule-words.ts'
import { applicableFields } from '../settings-form/applicable-fields.ts'
import { fieldsOf } from '../settings-form/form-fields.ts'
import { draftOf } from '../settings-form/form-values.ts'
import { Freshness } from '../statistics/Freshness.tsx'
import { Trends } from '../statistics/Trends.tsx'
import { useStatistics } from '../statistics/use-statistics.ts'
import type { Kind } from '../wizard/KindPicker.tsx'
import type { Connector } from './ConnectorPage.tsx'

const Fact = ({ label, meaning, children }: { label: string; meaning?: string; children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-4 px-4 py-2 text-sm not-last:border-b">
    <dt className="shrink-0 text-ink-faint">{meaning === undefined ? label : <Explained meaning={meaning}>{label}</Explained>}</dt>
    <dd className="min-w-0 text-right break-words tabular">{children}</dd>
  </div>
)

const sentenceCase = (label: string) => label.charAt(0).toUpperCase() + label.slice(1)

/** Settings have no secrets: those are credentials, which the API never returns. */
const settingsOf = (kind: Kind | undefined, settings: unknown): [string, string][] => {
  const fields = fieldsOf(kind?.settingsSchema)
  const draft = draftOf(fields, settings)
  return applicableFields({ fields, draft }, null).flatMap(({ path, label }) => {
    const value = draft[path]
    return value === undefined || value === '' ? [] : [[sentenceCase(label), printed(value)] satisfies [string, string]]
  })
}

const printed = (value: string | boolean): string => (typeof value === 'string' ? value : value ? t.yes : t.no)

const shortened = (value: string) => (value.length > 60 ? `${value.slice(0, 60)}…` : value)

type Slot = NonNullable<Connector['schedule']>['recentSlots'][number]

/** What became of the last times at which a run was due. */
const ScheduledTimes = ({ slots }: { slots: readonly Slot[] }) => (
  <Card title={t.scheduledTimes}>
    <ul>
      {slots.map(({ scheduledFor, outcome, reason, run }) => (
        <li key={scheduledFor} className="flex flex-col gap-1 px-4 py-2 text-sm not-last:border-b">
          <span className="flex items-baseline justify-between gap-4">
            <RelativeTime at={scheduledFor} className="text-ink-soft" />
            {run ? (
              <Link href={`/admin/runs/${run.number}`} className="flex items-center gap-2 rounded-sm tabular hover:underline">
                #{run.number} <StatusBadge status={run.status} />
              </Link>
            ) : (
              <span className="text-ink-faint">{t.slotOutcomes[outcome]}</span>
            )}
          </span>
          {reason && <span className="text-xs text-ink-faint">{reason}</span>}
        </li>
      ))}
    </ul>
  </Card>
)

type Props = { connector: Connector; kind: Kind | undefined }

const Facts = ({ connector, kind }: Props) => {
  const { schedule, limits } = connector
  return (
    <div className="flex flex-col gap-4">
      <Card title={t.connection}>
        <dl>
          <Fact label={t.kind}>{connector.label}</Fact>
          {settingsOf(kind, connector.settings).map(([name, value]) => (
            <Fact key={name} label={name}>
              {shortened(value)}
            </Fact>
          ))}
          <Fact label={t.credentials} meaning={settingMeanings.credentials}>
            {connector.hasCredentials ? t.credentialsStored : t.noCredentials}
          </Fact>
        </dl>
      </Card>
      <Card title={t.scheduleAndLimits}>
        <dl>
          <Fact label={t.schedule}>{schedule ? t.scheduleIn(scheduleInWords(schedule.cron), schedule.timeZone) : t.onDemand}</Fact>
          {schedule?.nextRuns[0] && connector.enabled && (
            <Fact label={t.nextRun}>
              <RelativeTime at={schedule.nextRuns[0]} />
            </Fact>
          )}
          {schedule && (
            <>
              {schedule.jitterSeconds > 0 && (
                <Fact label={t.spread} meaning={settingMeanings.spread}>
                  {t.spreadUpTo(formatDuration(schedule.jitterSeconds * 1000))}
                </Fact>
              )}
              <Fact label={t.overlap} meaning={settingMeanings['when one still runs']}>
                {t.overlapNames[schedule.overlap]}
              </Fact>
              <Fact label={t.missedRuns} meaning={settingMeanings['missed while down']}>
                {t.missedRunNames[schedule.missedRuns]}
              </Fact>
            </>
          )}
          <Fact label={t.connectTimeout} meaning={settingMeanings['connect timeout']}>
            {formatDuration(limits.connectTimeoutSeconds * 1000)}
          </Fact>
          <Fact label={t.longestRun} meaning={settingMeanings['longest run']}>
            {limits.maxDurationSeconds === null ? t.noLimit : formatDuration(limits.maxDurationSeconds * 1000)}
          </Fact>
          <Fact label={t.attempts} meaning={settingMeanings.attempts}>
            {limits.maxAttempts}
          </Fact>
          <Fact label={t.memory} meaning={settingMeanings.memory}>
            {t.mebibytes(limits.memoryMb)}
          </Fact>
        </dl>
      </Card>
      {schedule && schedule.recentSlots.length > 0 && <ScheduledTimes slots={schedule.recentSlots} />}
    </div>
  )
}

export const Overview = ({ connector, kind }: Props) => {
  const statistics = useStatistics(connector.id)
  return (
    <div className="flex flex-col gap-4">
      {statistics && <Freshness connector={connector} statistics={statistics} />}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {statistics && connector.runs.nodes.length > 0 && <Trends statistics={statistics} />}
          <LastRuns connector={connector} />
        </div>
        <Facts connector={connector} kind={kind} />
      </div>
    </div>
  )
}

const LastRuns = ({ connector }: { connector: Connector }) => {
  const runs = connector.runs.nodes
  const all = (
    <Link href="?tab=history" className="rounded-sm text-xs text-ink-soft hover:text-ink hover:underline">
      {t.allRuns}
    </Link>
  )
  return (
    <Card title={t.lastRuns} aside={all}>
      {runs.length === 0 ? (
        <EmptyState icon={History} title={t.noRunsTitle}>
          {t.noRunsHint(connector.streams.length)}
        </EmptyState>
      ) : (
        <Table label={t.lastRuns}>
          <thead>
            <RunHeadings connector={false} />
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} connector={false} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}
