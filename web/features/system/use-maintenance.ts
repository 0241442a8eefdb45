'use client'
/** Whether the platform is paused, as it is now. */

import { useEffect } from 'react'
import { MaintenanceDocument, type MaintenanceQuery } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'

/** null while the platform works. */
export type Maintenance = MaintenanceQuery['system']['maintenance']

const everyMs = 10_000

export const useMaintenance = (first: Maintenance): Maintenance => {
  const [{ data }, ask] = useLiveQuery({ query: MaintenanceDocument, variables: {} })
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), everyMs)
    return () => clearInterval(timer)
  }, [ask])
  return data === undefined ? first : data.system.maintenance
}
