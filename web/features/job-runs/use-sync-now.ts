'use client'
/** Sync Now, from wherever it is asked for. */

import { useRouter } from 'next/navigation'
import { useClient } from 'urql'
import { type RunDetailFragment, TriggerSyncDocument } from '@/graphql/generated/graphql.ts'
import { toasts } from '@/ui/toasts.ts'
import { whileRequested } from './requested-syncs.ts'
import { runPath, showRefusal } from './run-actions.ts'

type Options = {
  /** Say that it worked, where no badge is in sight. */
  announce?: boolean
  /** Read everything once, whatever the streams' modes. */
  full?: boolean
}

/** Answers the new run, or null when it was refused and the person was told why. */
export const useSyncNow = () => {
  const client = useClient()
  const router = useRouter()
  return async (
    connector: { id: string; name: string },
    { announce = false, full = false }: Options = {},
  ): Promise<RunDetailFragment | null> => {
    const { data, error } = await whileRequested(
      connector.id,
      client.mutation(TriggerSyncDocument, { connectorId: connector.id, full }).toPromise(),
    )
    if (error || !data) {
      if (error) showRefusal(`${connector.name} was not synced`, error, router.push)
      return null
    }
    const run = data.triggerSync
    if (announce) {
      const open = () => router.push(runPath(run.number))
      toasts.add({ title: `${connector.name} is syncing`, actionProps: { children: `Open run #${run.number}`, onClick: open } })
    }
    return run
  }
}
