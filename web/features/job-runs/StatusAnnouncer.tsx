'use client'
/** Tells those who listen, politely, when the status of a shown run changes. */

import { useEffect, useRef, useState } from 'react'
import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/status.ts'
import { statusLooks } from './status.ts'

type Announced = { id: string; number: number; status: JobRunStatus; connector: { name: string } }

export const StatusAnnouncer = ({ runs }: { runs: readonly Announced[] }) => {
  const known = useRef(new Map<string, JobRunStatus>())
  const [news, setNews] = useState('')
  useEffect(() => {
    const changed = runs.filter(({ id, status }) => known.current.has(id) && known.current.get(id) !== status)
    known.current = new Map(runs.map(({ id, status }) => [id, status]))
    if (changed.length > 0)
      setNews(changed.map(({ connector, number, status }) => t.announcement(connector.name, number, statusLooks[status].label)).join(' '))
  }, [runs])
  return <output className="sr-only">{news}</output>
}
