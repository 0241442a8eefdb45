'use client'
/** Which runs a history shows. */

import { X } from 'lucide-react'
import { useQuery } from 'urql'
import { ConnectorNamesDocument } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/runs.ts'
import { Button } from '@/ui/Button.tsx'
import { FilterMenu } from '@/ui/FilterMenu.tsx'
import { showQuery } from '@/ui/show-query.ts'
import { filterValues, hasFilters, withFilter, withoutFilters, withTime } from './run-filter.ts'
import { StatusBadge } from './StatusBadge.tsx'
import { statuses, statusLooks, triggerLooks, triggers } from './status.ts'
import { TimeFilter } from './TimeFilter.tsx'
import { readTimeRange } from './time-range.ts'

const statusOptions = statuses.map((value) => ({ value, label: statusLooks[value].label, content: <StatusBadge status={value} /> }))
const triggerOptions = triggers.map((value) => ({ value, label: triggerLooks[value].label }))

type Props = { params: URLSearchParams /** Whether there are runs of more than one. */; connector: boolean }

export const RunFilters = ({ params, connector }: Props) => {
  const [{ data }] = useQuery({ query: ConnectorNamesDocument, pause: !connector })
  const connectorOptions = (data?.connectors.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const filter = (name: string) => ({
    values: filterValues(params, name),
    onChange: (values: string[]) => showQuery(withFilter(params, name, values)),
  })
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <FilterMenu label={common.status} options={statusOptions} {...filter('status')} />
      {connector && <FilterMenu label={common.connector} options={connectorOptions} {...filter('connector')} />}
      <FilterMenu label={t.trigger} options={triggerOptions} {...filter('trigger')} />
      <TimeFilter range={readTimeRange(params)} onChange={(range) => showQuery(withTime(params, range))} />
      {hasFilters(params) && (
        <Button variant="ghost" icon={X} onClick={() => showQuery(withoutFilters(params))}>
          {t.clear}
        </Button>
      )}
    </div>
  )
}
