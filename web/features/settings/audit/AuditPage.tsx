'use client'
/** Who did what to which thing, when, and from where. */

import { ChevronLeft, ChevronRight, ListFilter, X } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { AuditLogDocument } from '@/graphql/generated/graphql.ts'
import { useKept, useLiveQuery } from '@/graphql/live.ts'
import * as t from '@/texts/audit-log.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { useNow } from '@/ui/Clock.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { FilterButton, FilterMenu } from '@/ui/FilterMenu.tsx'
import { Menu, MenuRadioGroup } from '@/ui/Menu.tsx'
import { SearchInput } from '@/ui/SearchInput.tsx'
import { AuditTable } from './AuditTable.tsx'
import { actionsIn, anyTime, auditVariables, periods, withParams } from './audit-filter.ts'
import { auditActions } from './audit-words.ts'
import { useVerification, Verdict, VerifyButton } from './VerifyLog.tsx'

/** Changes the URL without asking the server for the page again: the query below asks for what is new. */
const goTo = (query: string) => window.history.pushState(null, '', query === '' ? window.location.pathname : `?${query}`)

const actionOptions = auditActions.map((value) => ({ value, label: t.actionNames[value] }))

const Filters = ({ params }: { params: URLSearchParams }) => {
  const [text, setText] = useState(params.get('search') ?? '')
  const change = (changes: Record<string, string | null>) => goTo(withParams(params, changes))
  const period = periods.find(({ value }) => value === params.get('since')) ?? anyTime
  return (
    <div className="flex flex-wrap gap-2">
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            change({ search: text.trim() })
          }}
        >
          <SearchInput
            label={t.search}
            placeholder={t.searchExample}
            pageSearch
            value={text}
            onChange={({ target }) => setText(target.value)}
            onBlur={() => text.trim() !== (params.get('search') ?? '') && change({ search: text.trim() })}
            className="w-60"
          />
        </form>
      </search>
      <FilterMenu
        label={t.action}
        options={actionOptions}
        values={actionsIn(params)}
        onChange={(values) => change({ action: values.join(',') })}
      />
      <Menu trigger={<FilterButton label={t.period} summary={period.value === '' ? null : period.label} />}>
        <MenuRadioGroup label={t.period} value={period.value} onChange={(since) => change({ since })} options={periods} />
      </Menu>
      {['search', 'action', 'since'].some((name) => params.has(name)) && (
        <Button
          variant="ghost"
          icon={X}
          onClick={() => {
            setText('')
            goTo('')
          }}
        >
          {t.clear}
        </Button>
      )}
    </div>
  )
}

export const AuditPage = () => {
  const params = new URLSearchParams(useSearchParams())
  const variables = auditVariables(params, useNow(3_600_000))
  const [{ data: fresh }] = useLiveQuery({ query: AuditLogDocument, variables })
  const data = useKept(fresh)
  const { busy, answer, verify } = useVerification()
  if (!data) return null
  const { nodes, pageInfo } = data.auditLog
  const { startCursor, endCursor, hasNextPage, hasPreviousPage } = pageInfo
  return (
    <>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-2">
        <Filters params={params} />
        <VerifyButton busy={busy} verify={verify} />
      </div>
      <Verdict answer={answer} />
      <Card>
        {nodes.length === 0 ? (
          <EmptyState icon={ListFilter} title={t.emptyTitle} action={<Button onClick={() => goTo('')}>{t.clearFilters}</Button>}>
            {t.emptyHint}
          </EmptyState>
        ) : (
          <AuditTable entries={nodes} />
        )}
      </Card>
      {(hasNextPage || hasPreviousPage) && (
        <nav aria-label={t.pages} className="mt-3 flex justify-end gap-2">
          <Button
            icon={ChevronLeft}
            disabled={!hasPreviousPage || !startCursor}
            onClick={() => startCursor && goTo(withParams(params, { before: startCursor }))}
          >
            {t.newer}
          </Button>
          <Button disabled={!hasNextPage || !endCursor} onClick={() => endCursor && goTo(withParams(params, { after: endCursor }))}>
            {t.older}
            <ChevronRight aria-hidden className="size-3.5" />
          </Button>
        </nav>
      )}
    </>
  )
}
