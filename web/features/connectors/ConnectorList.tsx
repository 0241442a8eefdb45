'use client'
/** All connectors, live; what is looked for is in the URL. */

import { Plus, SearchX, Unplug } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useMemo, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { StatusAnnouncer } from '@/features/job-runs/StatusAnnouncer.tsx'
import { useRunEvents } from '@/features/job-runs/use-run-events.ts'
import { useSpaced } from '@/features/job-runs/use-spaced.ts'
import { useMayActAs } from '@/features/session/use-role.ts'
import { messageOf } from '@/graphql/errors.ts'
import { ConnectorsDocument, type JobRunStatus, KindNamesDocument } from '@/graphql/generated/graphql.ts'
import { useKept, useLiveQuery } from '@/graphql/live.ts'
import * as t from '@/texts/connectors.tsx'
import { Button, ButtonLink } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { SearchInput } from '@/ui/SearchInput.tsx'
import { showQuery } from '@/ui/show-query.ts'
import { useDebounced } from '@/ui/use-debounced.ts'
import { useSelection } from '@/ui/use-selection.ts'
import { BulkActions } from './bulk/BulkActions.tsx'
import { ConnectorFilters } from './ConnectorFilters.tsx'
import { ConnectorTable } from './ConnectorTable.tsx'
import { connectorPage, withoutFilters } from './connector-filter.ts'

const NewConnector = () => (
  <ButtonLink href="/admin/connectors/new" variant="primary" icon={Plus}>
    {t.newConnector}
  </ButtonLink>
)

const NoConnectors = () => (
  <>
    <PageHeader title={t.title} />
    <Card>
      <EmptyState icon={Unplug} title={t.emptyTitle} action={<NewConnector />}>
        {t.emptyHint}
      </EmptyState>
    </Card>
  </>
)

const NoMatch = ({ onClear }: { onClear: () => void }) => (
  <EmptyState icon={SearchX} title={t.noMatchTitle} action={<Button onClick={onClear}>{t.clearSearch}</Button>}>
    {t.noMatchHint}
  </EmptyState>
)

const noConnectors: never[] = []

export const ConnectorList = () => {
  const params = new URLSearchParams(useSearchParams())
  const [text, setText] = useState('')
  const search = useDebounced(text.trim())
  const [pages, setPages] = useState(1)
  const variables = connectorPage(params, search, pages)
  const [{ data: fresh, error, fetching }, ask] = useLiveQuery({ query: ConnectorsDocument, variables })
  const data = useKept(fresh)
  const [{ data: kindNames }] = useQuery({ query: KindNamesDocument })
  const kinds = kindNames?.connectorKinds ?? []
  const refresh = useSpaced(() => ask({ requestPolicy: 'network-only' }), 500)
  const statusOf = useRef(new Map<string, JobRunStatus>())
  useRunEvents(undefined, ({ id, status }) => {
    const moved = statusOf.current.get(id) !== status
    statusOf.current.set(id, status)
    // Rows move through the cache; who belongs on the list is for the API to say.
    if (moved && variables.filter?.lastStatuses) refresh()
  })
  const maySync = useMayActAs('OPERATOR')
  const connectors = data?.connectors.nodes ?? noConnectors
  const selection = useSelection(connectors)
  const runs = useMemo(() => connectors.flatMap(({ lastRun }) => lastRun ?? []), [connectors])
  const nothing = data !== undefined && connectors.length === 0
  if (nothing && search === '' && variables.filter === null && !fetching) return <NoConnectors />
  return (
    <>
      <PageHeader
        title={t.title}
        description={data && t.sources(data.connectors.totalCount)}
        actions={
          <>
            <SearchInput
              label={t.search}
              pageSearch
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="w-full min-w-40 flex-1 sm:w-60"
            />
            <NewConnector />
          </>
        }
      />
      <ConnectorFilters params={params} kinds={kinds} />
      {error && !data && (
        <Callout tone="danger" title={t.notLoaded} role="alert">
          {messageOf(error)}
        </Callout>
      )}
      <StatusAnnouncer runs={runs} />
      {data && (
        <Card>
          {nothing ? (
            <NoMatch
              onClear={() => {
                setText('')
                showQuery(withoutFilters(params))
              }}
            />
          ) : (
            <ConnectorTable
              connectors={connectors}
              unverified={new Set(kinds.flatMap(({ kind, verified }) => (verified ? [] : kind)))}
              selection={maySync ? selection : null}
            />
          )}
          {data.connectors.pageInfo.hasNextPage && (
            <div className="flex justify-center border-t p-2">
              <Button variant="ghost" onClick={() => setPages(pages + 1)}>
                {t.showMore}
              </Button>
            </div>
          )}
        </Card>
      )}
      <BulkActions selected={selection.selected} onClear={() => selection.selectAll(false)} onDone={refresh} />
    </>
  )
}
