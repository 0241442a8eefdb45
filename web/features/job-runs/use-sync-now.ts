'use client'
/** Sync Now, from wherever it is asked for. */

import { useRouter } from 'next/navigation'
import { useClient } from 'urql'
import { type RunDetailFragment, TriggerSyncDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run-actions.ts'
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
      if (error) showRefusal(t.notSynced(connector.name), error, router.push)
      return null
    }
    const run = data.triggerSync
    if (announce) {
      const open = () => router.push(runPath(run.number))
      toasts.add({ title: t.started(connector.name), actionProps: { children: t.openRun(run.number), onClick: open } })
    }
    return run
  }
}
