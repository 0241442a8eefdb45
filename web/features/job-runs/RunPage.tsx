'use client'
/** One run, live: what it is, how far, what it did, and its log. */

import { Hourglass } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { useSubscription } from 'urql'
import { LogViewer, type LogViewerHandle } from '@/features/log-viewer/LogViewer.tsx'
import type { LogPage } from '@/features/log-viewer/log-source.ts'
import { JobRunDocument, type RunDetailFragment, RunUpdatedDocument } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import * as rejectedTexts from '@/texts/rejected-rows.ts'
import * as t from '@/texts/run.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Changes } from './Changes.tsx'
import { FailureCard } from './FailureCard.tsx'
import { Receipt } from './Receipt.tsx'
import { RejectedRows } from './RejectedRows.tsx'
import { RemovedPart } from './RemovedPart.tsx'
import { RunActions, useRunAgain } from './RunActions.tsx'
import { RunFigures } from './RunFigures.tsx'
import { RunHistory } from './RunHistory.tsx'
import { RateCard } from './rate/RateCard.tsx'
import type { RatedRun } from './rate/use-rate-points.ts'
import { runPath } from './run-actions.ts'
import { StatusAnnouncer } from './StatusAnnouncer.tsx'
import { ExplainedStatus } from './StatusBadge.tsx'
import { StepTimeline } from './StepTimeline.tsx'
import { isActive, statusLooks } from './status.ts'
import { TriggerLabel } from './TriggerLabel.tsx'
import { useLiveTitle } from './use-live-title.ts'

const waitingAskMs = 3_000

const Facts = ({ run }: { run: RunDetailFragment }) => (
  <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
    <Link href={`/admin/connectors/${run.connector.id}`} className="rounded-sm font-medium text-ink hover:underline">
      {run.connector.name}
    </Link>
    <TriggerLabel trigger={run.trigger} requestedBy={run.requestedBy} />
    {run.retryOf && (
      <span>
        {t.retryOf(
          <Link href={runPath(run.retryOf.number)} className="rounded-sm text-ink hover:underline">
            #{run.retryOf.number}
          </Link>,
        )}
      </span>
    )}
    <span>{t.queued(<RelativeTime at={run.queuedAt} />)}</span>
  </div>
)

const Waiting = ({ reason }: { reason: string }) => (
  <p aria-live="polite" className="mb-4 flex items-center gap-2.5 rounded-lg border bg-pending-tint px-4 py-3 text-sm">
    <Hourglass aria-hidden className="size-4 shrink-0 text-pending" />
    {reason}
  </p>
)

export const RunPage = ({ number, log }: { number: number; log: LogPage | null }) => {
  const [{ data }, ask] = useLiveQuery({ query: JobRunDocument, variables: { number } })
  const run = data?.jobRun
  const waiting = run?.status === 'PENDING'
  // Why a run waits changes with the clock and with other runs, of which no event of this one tells.
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), waitingAskMs)
    return () => clearInterval(timer)
  }, [waiting, ask])
  // Its events tell of the run itself; what it ended with beside that is asked for once.
  const active = run !== undefined && run !== null && isActive(run.status)
  const wasActive = useRef(active)
  useEffect(() => {
    if (wasActive.current && !active) ask({ requestPolicy: 'network-only' })
    wasActive.current = active
  }, [active, ask])
  return run ? <Run key={run.id} run={run} firstLog={log} /> : null
}

const Run = ({ run, firstLog }: { run: RatedRun; firstLog: LogPage | null }) => {
  useSubscription({ query: RunUpdatedDocument, variables: { id: run.id }, pause: !isActive(run.status) })
  const log = useRef<LogViewerHandle>(null)
  // A tab in the background says how its run is.
  useLiveTitle(t.documentTitle(run.number), statusLooks[run.status].label)
  const again = useRunAgain(run)
  const { rejected, inserted, updated, unchanged, deleted } = run.counts
  const hasReceipt = run.status === 'COMPLETED' || rejected + inserted + updated + unchanged + deleted > 0
  return (
    <div data-sync-scope>
      <StatusAnnouncer runs={[run]} />
      <PageHeader
        trail={[{ href: '/admin/connectors/history', label: t.trail }]}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <span className="tabular">{t.title(run.number)}</span>
            <ExplainedStatus status={run.status} size="md" />
          </span>
        }
        description={<Facts run={run} />}
        actions={<RunActions run={run} again={again} />}
      />
      {run.status === 'PENDING' && run.pendingReason && <Waiting reason={run.pendingReason} />}
      <FailureCard run={run} again={again} onJumpToLog={() => log.current?.goToFirstError()} />
      {run.failure && <Changes run={run} />}
      <RunFigures run={run} />
      <RateCard run={run} />
      {!run.failure && <Changes run={run} />}
      <div className="mb-4 grid gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <StepTimeline run={run} />
        <div className="flex min-w-0 flex-col gap-4">
          {hasReceipt && <Receipt run={run} />}
          <RunHistory run={run} onJumpToLog={(seq) => log.current?.goToLine(seq)} />
        </div>
      </div>
      {run.rejectedRowsRemovedAt && (
        <RemovedPart title={rejectedTexts.title} what={t.rejectedRowsRemoved} at={run.rejectedRowsRemovedAt} className="mb-4" />
      )}
      {rejected > 0 && !isActive(run.status) && !run.rejectedRowsRemovedAt && <RejectedRows run={run} />}
      {run.logRemovedAt ? (
        <RemovedPart title={t.log} what={t.logRemoved} at={run.logRemovedAt} />
      ) : (
        <LogViewer ref={log} run={run} first={firstLog} />
      )}
    </div>
  )
}
