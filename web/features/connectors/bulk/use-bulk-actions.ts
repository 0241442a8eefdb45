'use client'
/** Syncs, pauses or resumes many connectors, and says in one message what came of it. */

import type { CombinedError } from '@urql/core'
import { useState } from 'react'
import { useClient } from 'urql'
import { whileRequested } from '@/features/job-runs/requested-syncs.ts'
import { conflictingRun, messageOf } from '@/graphql/errors.ts'
import { SetConnectorEnabledDocument, TriggerSyncDocument } from '@/graphql/generated/graphql.ts'
import { toasts } from '@/ui/toasts.ts'
import { inLanes } from './in-lanes.ts'
import { type BulkAction, type BulkEnd, summary } from './summary.ts'

export type Selected = { id: string; name: string; enabled: boolean }

const endOf = (error: CombinedError | undefined): BulkEnd['end'] => {
  if (error === undefined) return 'done'
  return conflictingRun(error) === undefined ? { refused: messageOf(error) } : 'already'
}

/** @param onDone hears of the end, whatever it is */
export const useBulkActions = (onDone: () => void) => {
  const client = useClient()
  const [busy, setBusy] = useState<BulkAction | null>(null)

  const sync = async ({ id: connectorId }: Selected): Promise<BulkEnd['end']> => {
    const answer = client.mutation(TriggerSyncDocument, { connectorId, full: false }).toPromise()
    return endOf((await whileRequested(connectorId, answer)).error)
  }
  const setEnabled = async (connector: Selected, enabled: boolean): Promise<BulkEnd['end']> => {
    if (connector.enabled === enabled) return 'already'
    return endOf((await client.mutation(SetConnectorEnabledDocument, { id: connector.id, enabled }).toPromise()).error)
  }
  const actions: Record<BulkAction, (connector: Selected) => Promise<BulkEnd['end']>> = {
    sync,
    pause: (connector) => setEnabled(connector, false),
    resume: (connector) => setEnabled(connector, true),
  }
  const run = async (action: BulkAction, connectors: readonly Selected[]) => {
    setBusy(action)
    const ends = await inLanes(connectors, async (connector) => ({ name: connector.name, end: await actions[action](connector) }))
    setBusy(null)
    toasts.add(summary(action, ends))
    onDone()
  }
  return { busy, run: (action: BulkAction, connectors: readonly Selected[]) => void run(action, connectors) }
}
