'use client'
/** Which connectors the list shows, by what they are and how their last run ended. */

import { X } from 'lucide-react'
import { filterValues, withFilter } from '@/features/job-runs/run-filter.ts'
import { StatusBadge } from '@/features/job-runs/StatusBadge.tsx'
import { statuses, statusLooks } from '@/features/job-runs/status.ts'
import * as t from '@/texts/connectors.tsx'
import { Button } from '@/ui/Button.tsx'
import { FilterMenu } from '@/ui/FilterMenu.tsx'
import { showQuery } from '@/ui/show-query.ts'
import { filterNames, states, withoutFilters } from './connector-filter.ts'

const statusOptions = statuses.map((value) => ({ value, label: statusLooks[value].label, content: <StatusBadge status={value} /> }))
const stateOptions = states.map((value) => ({ value, label: t.stateNames[value] }))

type Props = { params: URLSearchParams; kinds: readonly { kind: string; label: string }[] }

export const ConnectorFilters = ({ params, kinds }: Props) => {
  const filter = (name: (typeof filterNames)[number]) => ({
    values: filterValues(params, name),
    onChange: (values: string[]) => showQuery(withFilter(params, name, values)),
  })
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <FilterMenu label={t.kindFilter} options={kinds.map(({ kind, label }) => ({ value: kind, label }))} {...filter('kind')} />
      <FilterMenu label={t.statusFilter} options={statusOptions} {...filter('status')} />
      <FilterMenu label={t.stateFilter} options={stateOptions} {...filter('state')} />
      {filterNames.some((name) => params.has(name)) && (
        <Button variant="ghost" icon={X} onClick={() => showQuery(withoutFilters(params))}>
          {t.clearFilters}
        </Button>
      )}
    </div>
  )
}
