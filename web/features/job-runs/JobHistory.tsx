'use client'
/** All runs, newest first, live; what is looked for and where one stands are in the URL. */

import { ChevronLeft, ChevronRight, History, ListFilter, X } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useQuery } from 'urql'
import { messageOf } from '@/graphql/errors.ts'
import { ConnectorNamesDocument, JobRunsDocument, type RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import { useKept, useLiveQuery } from '@/graphql/live.ts'
import { Button, ButtonLink } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { FilterMenu } from '@/ui/FilterMenu.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { Table } from '@/ui/Table.tsx'
import { RunHeadings, RunRow } from './RunRow.tsx'
import { type FilterName, filterValues, isFirstPage, runsVariables, withCursor, withFilter } from './run-filter.ts'
import { StatusAnnouncer } from './StatusAnnouncer.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import { statuses, statusLooks, triggerLooks, triggers } from './status.ts'
import { useRunEvents } from './use-run-events.ts'
import { useSpaced } from './use-spaced.ts'

/** Changes the URL without asking the server for the page again: the query below asks for what is new. */
const goTo = (query: string) => window.history.pushState(null, '', query === '' ? window.location.pathname : `?${query}`)

const statusOptions = statuses.map((value) => ({ value, label: statusLooks[value].label, content: <StatusBadge status={value} /> }))
const triggerOptions = triggers.map((value) => ({ value, label: triggerLooks[value].label }))

const Filters = ({ params }: { params: URLSearchParams }) => {
  const [{ data }] = useQuery({ query: ConnectorNamesDocument })
  const connectorOptions = (data?.connectors.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const filter = (name: FilterName) => ({
    values: filterValues(params, name),
    onChange: (values: string[]) => goTo(withFilter(params, name, values)),
  })
  const filtered = ['status', 'connector', 'trigger'].some((name) => params.has(name))
  return (
    <div className="flex flex-wrap gap-2">
      <FilterMenu label="Status" options={statusOptions} {...filter('status')} />
      <FilterMenu label="Connector" options={connectorOptions} {...filter('connector')} />
      <FilterMenu label="Trigger" options={triggerOptions} {...filter('trigger')} />
      {filtered && (
        <Button variant="ghost" icon={X} onClick={() => goTo('')}>
          Clear
        </Button>
      )}
    </div>
  )
}

const NoRuns = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <EmptyState icon={ListFilter} title="No run matches" action={<Button onClick={() => goTo('')}>Clear the filters</Button>}>
      No run in the history has what the filters ask for.
    </EmptyState>
  ) : (
    <EmptyState icon={History} title="No runs yet" action={<ButtonLink href="/admin/connectors">Go to Connectors</ButtonLink>}>
      Each sync of a connector is a run, kept here with its counts, its log and its end. Click Sync Now on a connector to make the first.
    </EmptyState>
  )

export const JobHistory = () => {
  const params = new URLSearchParams(useSearchParams())
  const variables = runsVariables(params)
  const [{ data: fresh, error, fetching }, ask] = useLiveQuery({ query: JobRunsDocument, variables })
  const data = useKept(fresh)
  const runs = data?.jobRuns.nodes ?? []
  const refresh = useSpaced(() => ask({ requestPolicy: 'network-only' }), 500)
  const shown = new Map(runs.map((run) => [run.id, run.status]))
  // Counts of shown runs move through the cache; who belongs on the page is for the API to say.
  useRunEvents(undefined, (run: RunSummaryFragment) => {
    const isNew = !shown.has(run.id)
    const moved = shown.get(run.id) !== run.status && variables.filter?.statuses != null
    if (isFirstPage(variables) && (isNew || moved)) refresh()
  })
  const { startCursor, endCursor, hasNextPage = false, hasPreviousPage = false } = data?.jobRuns.pageInfo ?? {}
  return (
    <>
      <PageHeader title="Job History" description="Every run of every connector, newest first." />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <Filters params={params} />
      </div>
      {error && !data && (
        <Callout tone="danger" title="The history could not be loaded" role="alert">
          {messageOf(error)}
        </Callout>
      )}
      <StatusAnnouncer runs={runs} />
      {!data && fetching && <Skeleton className="h-120" />}
      {data && (
        <Card>
          {runs.length === 0 ? (
            <NoRuns filtered={variables.filter != null} />
          ) : (
            <Table label="Runs">
              <thead>
                <RunHeadings />
              </thead>
              <tbody>
                {runs.map((run) => (
                  <RunRow key={run.id} run={run} />
                ))}
              </tbody>
            </Table>
          )}
        </Card>
      )}
      {(hasNextPage || hasPreviousPage) && (
        <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
          {!isFirstPage(variables) && (
            <Button variant="ghost" onClick={() => goTo(withCursor(params, null))}>
              Newest
            </Button>
          )}
          <Button
            icon={ChevronLeft}
            disabled={!hasPreviousPage || !startCursor}
            onClick={() => startCursor && goTo(withCursor(params, { before: startCursor }))}
          >
            Newer
          </Button>
          <Button disabled={!hasNextPage || !endCursor} onClick={() => endCursor && goTo(withCursor(params, { after: endCursor }))}>
            Older
            <ChevronRight aria-hidden className="size-3.5" />
          </Button>
        </nav>
      )}
    </>
  )
}
