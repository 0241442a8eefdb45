'use client'
/** What can be done about a run in its present state. */

import { RefreshCw, RotateCcw, Square } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useClient } from 'urql'
import { useMayActAs } from '@/features/session/use-role.ts'
import { CancelRunDocument, RetryRunDocument, type RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run.tsx'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { runPath, showRefusal } from './run-actions.ts'
import { isActive } from './status.ts'
import { useSyncNow } from './use-sync-now.ts'

export type RunAgain = { runAgain(): void; busy: boolean }

/** Starts a new run of the same connector and goes to it: a Retry of a run that did not complete, else a fresh sync. */
export const useRunAgain = (run: RunDetailFragment): RunAgain => {
  const client = useClient()
  const router = useRouter()
  const syncNow = useSyncNow()
  const [busy, setBusy] = useState(false)
  const retry = async () => {
    const { data, error } = await client.mutation(RetryRunDocument, { id: run.id }).toPromise()
    if (error) showRefusal(t.notRetried(run.number), error, router.push)
    return data?.retryJobRun ?? null
  }
  const runAgain = async () => {
    setBusy(true)
    const next = run.status === 'COMPLETED' ? await syncNow(run.connector) : await retry()
    if (next) router.push(runPath(next.number))
    else setBusy(false)
  }
  return { runAgain: () => void runAgain(), busy }
}

const CancelButton = ({ run }: { run: RunDetailFragment }) => {
  const client = useClient()
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const cancel = async () => {
    setBusy(true)
    const { error } = await client.mutation(CancelRunDocument, { id: run.id }).toPromise()
    setBusy(false)
    setAsking(false)
    if (error) showRefusal(t.notCancelled(run.number), error, router.push)
  }
  return (
    <>
      <Button icon={Square} onClick={() => setAsking(true)}>
        {t.cancel}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t.cancelQuestion(run.number)}
        description={t.cancelConsequence(run.connector.name)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t.keepRunning}</Button>
            <Button variant="danger" busy={busy} onClick={() => void cancel()}>
              {t.cancelConfirm}
            </Button>
          </>
        }
      />
    </>
  )
}

/** Those of a failure stand where the failure is told. */
export const RunActions = ({ run, again: { runAgain, busy } }: { run: RunDetailFragment; again: RunAgain }) => {
  const mayAct = useMayActAs('OPERATOR')
  if (!mayAct || run.failure !== null) return null
  if (isActive(run.status)) return <CancelButton run={run} />
  if (run.connector.deletedAt !== null) return null
  const completed = run.status === 'COMPLETED'
  return (
    <Button variant="primary" icon={completed ? RefreshCw : RotateCcw} busy={busy} onClick={runAgain} data-sync>
      {completed ? t.syncAgain : t.retry}
    </Button>
  )
}
