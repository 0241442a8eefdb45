'use client'
/** Runs, newest first, live, of one connector or of all; what is looked for and where one stands are in the URL. */

import { ChevronLeft, ChevronRight, History, ListFilter } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useMayActAs } from '@/features/session/use-role.ts'
import { messageOf } from '@/graphql/errors.ts'
import { JobRunsDocument, type JobRunsQuery, type RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import { useKept, useLiveQuery } from '@/graphql/live.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/runs.ts'
import { Button, ButtonLink } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { useNow } from '@/ui/Clock.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { showQuery } from '@/ui/show-query.ts'
import { Table } from '@/ui/Table.tsx'
import { useSelection } from '@/ui/use-selection.ts'
import { BulkActions } from './BulkActions.tsx'
import { RunFilters } from './RunFilters.tsx'
import { RunHeadings, RunRow } from './RunRow.tsx'
import { hasFilters, isFirstPage, runsVariables, withCursor, withoutFilters } from './run-filter.ts'
import { StatusAnnouncer } from './StatusAnnouncer.tsx'
import { useRunEvents } from './use-run-events.ts'
import { useSpaced } from './use-spaced.ts'

const NoRuns = ({ params, connector }: { params: URLSearchParams; connector: boolean }) => {
  if (hasFilters(params)) {
    const clear = <Button onClick={() => showQuery(withoutFilters(params))}>{t.clearFilters}</Button>
    return (
      <EmptyState icon={ListFilter} title={t.noMatchTitle} action={clear}>
        {t.noMatchHint}
      </EmptyState>
    )
  }
  return connector ? (
    <EmptyState icon={History} title={t.emptyTitle} action={<ButtonLink href="/admin/connectors">{t.toConnectors}</ButtonLink>}>
      {t.emptyHint}
    </EmptyState>
  ) : (
    <EmptyState icon={History} title={t.emptyOfOneTitle}>
      {t.emptyOfOneHint}
    </EmptyState>
  )
}

/** `only`: the connector whose runs alone are shown. */
export const RunList = ({ only }: { only?: string }) => {
  const params = new URLSearchParams(useSearchParams())
  const variables = runsVariables(params, useNow(60_000), only)
  const [{ data: fresh, error, fetching }, ask] = useLiveQuery({ query: JobRunsDocument, variables })
  const data = useKept(fresh)
  const runs = data?.jobRuns.nodes ?? []
  const refresh = useSpaced(() => ask({ requestPolicy: 'network-only' }), 500)
  const shown = new Map(runs.map((run) => [run.id, run.status]))
  // Counts of shown runs move through the cache; who belongs on the page is for the API to say.
  useRunEvents(only, (run: RunSummaryFragment) => {
    const isNew = !shown.has(run.id)
    const moved = shown.get(run.id) !== run.status && variables.filter?.statuses != null
    if (isFirstPage(variables) && (isNew || moved)) refresh()
  })
  const maySelect = useMayActAs('OPERATOR')
  const selection = useSelection(runs)
  const connector = only === undefined
  return (
    <>
      <RunFilters params={params} connector={connector} />
      {error && !data && (
        <Callout tone="danger" title={t.notLoaded} role="alert">
          {messageOf(error)}
        </Callout>
      )}
      {connector && <StatusAnnouncer runs={runs} />}
      {!data && fetching && <Skeleton className="h-120" />}
      {data && (
        <Card>
          {runs.length === 0 ? (
            <NoRuns params={params} connector={connector} />
          ) : (
            <Table label={common.runs}>
              <thead>
                <RunHeadings connector={connector} count={runs.length} selection={maySelect ? selection : null} />
              </thead>
              <tbody>
                {runs.map((run) => (
                  <RunRow
                    key={run.id}
                    run={run}
                    connector={connector}
                    selected={selection.has(run.id)}
                    onSelect={maySelect ? selection.select : null}
                  />
                ))}
              </tbody>
            </Table>
          )}
        </Card>
      )}
      {selection.selected.length > 0 && <BulkActions runs={selection.selected} onDone={() => selection.selectAll(false)} />}
      {data && <Pages params={params} first={isFirstPage(variables)} {...data.jobRuns.pageInfo} />}
    </>
  )
}

type PagesProps = JobRunsQuery['jobRuns']['pageInfo'] & { params: URLSearchParams; first: boolean }

const Pages = ({ params, first, startCursor, endCursor, hasNextPage, hasPreviousPage }: PagesProps) => {
  if (!hasNextPage && !hasPreviousPage) return null
  return (
    <nav aria-label={t.pages} className="mt-3 flex justify-end gap-2">
      {!first && (
        <Button variant="ghost" onClick={() => showQuery(withCursor(params, null))}>
          {t.newest}
        </Button>
      )}
      <Button
        icon={ChevronLeft}
        disabled={!hasPreviousPage || !startCursor}
        onClick={() => startCursor && showQuery(withCursor(params, { before: startCursor }))}
      >
        {t.newer}
      </Button>
      <Button disabled={!hasNextPage || !endCursor} onClick={() => endCursor && showQuery(withCursor(params, { after: endCursor }))}>
        {t.older}
        <ChevronRight aria-hidden className="size-3.5" />
      </Button>
    </nav>
  )
}
