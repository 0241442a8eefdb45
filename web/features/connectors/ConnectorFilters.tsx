'use client'
/** Which connectors the list shows, by what they are and how their last run ended. */

import { X } from 'lucide-react'
import { filterValues, withFilter } from '@/features/job-runs/run-filter.ts'
import { StatusBadge } from '@/features/job-runs/StatusBadge.tsx'
import { statuses, statusLooks } from '@/features/job-runs/status.ts'
import { Button } from '@/ui/Button.tsx'
import { FilterMenu } from '@/ui/FilterMenu.tsx'
import { showQuery } from '@/ui/show-query.ts'
import { filterNames, states, withoutFilters } from './connector-filter.ts'

const statusOptions = statuses.map((value) => ({ value, label: statusLooks[value].label, content: <StatusBadge status={value} /> }))
const stateNames = { active: 'Active', paused: 'Paused' }
const stateOptions = states.map((value) => ({ value, label: stateNames[value] }))

type Props = { params: URLSearchParams; kinds: readonly { kind: string; label: string }[] }

export const ConnectorFilters = ({ params, kinds }: Props) => {
  const filter = (name: (typeof filterNames)[number]) => ({
    values: filterValues(params, name),
    onChange: (values: string[]) => showQuery(withFilter(params, name, values)),
  })
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <FilterMenu label="Kind" options={kinds.map(({ kind, label }) => ({ value: kind, label }))} {...filter('kind')} />
      <FilterMenu label="Last status" options={statusOptions} {...filter('status')} />
      <FilterMenu label="State" options={stateOptions} {...filter('state')} />
      {filterNames.some((name) => params.has(name)) && (
        <Button variant="ghost" icon={X} onClick={() => showQuery(withoutFilters(params))}>
          Clear
        </Button>
      )}
    </div>
  )
}
