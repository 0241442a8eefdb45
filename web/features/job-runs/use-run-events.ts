'use client'
/** Keeps runs live: the cache takes every event in, and `onEvent` hears of those it wants to. */

import { useEffect, useEffectEvent } from 'react'
import { useClient } from 'urql'
import { type RunSummaryFragment, RunsUpdatedDocument } from '@/graphql/generated/graphql.ts'

/** With a connector its runs, without one all runs. */
export const useRunEvents = (connectorId?: string, onEvent?: (run: RunSummaryFragment) => void): void => {
  const client = useClient()
  const tell = useEffectEvent((run: RunSummaryFragment) => onEvent?.(run))
  useEffect(() => {
    const { unsubscribe } = client
      .subscription(RunsUpdatedDocument, { connectorId: connectorId ?? null })
      .subscribe(({ data }) => data && tell(data.jobRunUpdated))
    return unsubscribe
  }, [client, connectorId])
}
