'use client'
/** Retries or cancels the selected runs together: asks first, and sums up after. */

import { RotateCcw, Square, X } from 'lucide-react'
import { useState } from 'react'
import { useClient } from 'urql'
import { messageOf } from '@/graphql/errors.ts'
import { CancelRunDocument, RetryRunDocument, type RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { toasts } from '@/ui/toasts.ts'
import { cancellable, countOf, namesOf, type Outcome, retryable, summarise } from './bulk.ts'

type Action = 'retry' | 'cancel'
type Props = { runs: readonly RunSummaryFragment[]; onDone: () => void }

const words = {
  retry: {
    verb: 'Retry',
    done: 'retried',
    after: 'Each is done again by a new run, with its connector as it is now.',
    leaves: 'Runs that go on or have completed, and older ones of the same connector, are left out.',
    back: 'Not now',
  },
  cancel: {
    verb: 'Cancel',
    done: 'cancelled',
    after: 'They stop at once. Streams that are committed stay; nothing of the others is written.',
    leaves: 'Runs that have ended are left out.',
    back: 'Keep running',
  },
} as const

export const BulkActions = ({ runs, onDone }: Props) => {
  const [asked, setAsked] = useState<Action | null>(null)
  const possible = { retry: retryable(runs), cancel: cancellable(runs) }
  return (
    <section
      data-sticky-end
      aria-label="Selected runs"
      className="sticky bottom-4 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg bg-raised p-2 pl-3 shadow-raised"
    >
      <output className="mr-1 text-sm font-medium tabular">{countOf(runs.length)} selected</output>
      <Button icon={RotateCcw} disabled={possible.retry.length === 0} onClick={() => setAsked('retry')}>
        Retry {possible.retry.length}
      </Button>
      <Button icon={Square} disabled={possible.cancel.length === 0} onClick={() => setAsked('cancel')}>
        Cancel {possible.cancel.length}
      </Button>
      <Button variant="ghost" icon={X} onClick={onDone}>
        Clear the selection
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

type QuestionProps = Props & { action: Action; leftOut: number; onClose: () => void }

const Question = ({ action, runs, leftOut, onClose, onDone }: QuestionProps) => {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const { verb, done, after, leaves, back } = words[action]
  const document = action === 'retry' ? RetryRunDocument : CancelRunDocument
  const act = async () => {
    setBusy(true)
    const outcomes = await Promise.all(
      runs.map(async (run): Promise<Outcome> => {
        const { error } = await client.mutation<unknown, { id: string }>(document, { id: run.id }).toPromise()
        return { run, refusal: error ? messageOf(error) : null }
      }),
    )
    const { title, description } = summarise(done, outcomes)
    toasts.add({ title, ...(description !== undefined && { description, type: 'error' }) })
    onClose()
    onDone()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${verb} ${countOf(runs.length)}?`}
      description={`${namesOf(runs)}. ${after}${leftOut > 0 ? ` ${leaves}` : ''}`}
      actions={
        <>
          <Button onClick={onClose}>{back}</Button>
          <Button variant={action === 'cancel' ? 'danger' : 'primary'} busy={busy} onClick={() => void act()}>
            {verb} {countOf(runs.length)}
          </Button>
        </>
      }
    />
  )
}
