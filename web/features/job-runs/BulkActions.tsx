'use client'
/** Retries or cancels the selected runs together: asks first, and sums up after. */

import { RotateCcw, Square, X } from 'lucide-react'
import { useState } from 'react'
import { useClient } from 'urql'
import { messageOf } from '@/graphql/errors.ts'
import { CancelRunDocument, RetryRunDocument, type RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/runs.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { toasts } from '@/ui/toasts.ts'
import { type BulkAction, cancellable, namesOf, type Outcome, retryable, summarise } from './bulk.ts'

type Props = { runs: readonly RunSummaryFragment[]; onDone: () => void }

export const BulkActions = ({ runs, onDone }: Props) => {
  const [asked, setAsked] = useState<BulkAction | null>(null)
  const possible = { retry: retryable(runs), cancel: cancellable(runs) }
  return (
    <section
      data-sticky-end
      aria-label={t.selection}
      className="sticky bottom-4 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg bg-raised p-2 pl-3 shadow-raised"
    >
      <output className="mr-1 text-sm font-medium tabular">{t.selected(runs.length)}</output>
      <Button icon={RotateCcw} disabled={possible.retry.length === 0} onClick={() => setAsked('retry')}>
        {t.bulkOffers.retry(possible.retry.length)}
      </Button>
      <Button icon={Square} disabled={possible.cancel.length === 0} onClick={() => setAsked('cancel')}>
        {t.bulkOffers.cancel(possible.cancel.length)}
      </Button>
      <Button variant="ghost" icon={X} onClick={onDone}>
        {t.clearSelection}
      </Button>
      {asked && (
        <Question
          action={asked}
          runs={possible[asked]}
          leftOut={runs.length - possible[asked].length}
          onClose={() => setAsked(null)}
          onDone={onDone}
        />
      )}
    </section>
  )
}

type QuestionProps = Props & { action: BulkAction; leftOut: number; onClose: () => void }

const Question = ({ action, runs, leftOut, onClose, onDone }: QuestionProps) => {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const document = action === 'retry' ? RetryRunDocument : CancelRunDocument
  const act = async () => {
    setBusy(true)
    const outcomes = await Promise.all(
      runs.map(async (run): Promise<Outcome> => {
        const { error } = await client.mutation<unknown, { id: string }>(document, { id: run.id }).toPromise()
        return { run, refusal: error ? messageOf(error) : null }
      }),
    )
    const { title, description } = summarise(action, outcomes)
    toasts.add({ title, ...(description !== undefined && { description, type: 'error' }) })
    onClose()
    onDone()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.bulkQuestions[action](runs.length)}
      description={t.bulkConsequences[action](namesOf(runs), leftOut > 0)}
      actions={
        <>
          <Button onClick={onClose}>{t.bulkBack[action]}</Button>
          <Button variant={action === 'cancel' ? 'danger' : 'primary'} busy={busy} onClick={() => void act()}>
            {t.bulkConfirm[action](runs.length)}
          </Button>
        </>
      }
    />
  )
}
