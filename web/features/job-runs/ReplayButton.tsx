'use client'
/** Reads again what a run rejected, after the mapping or the source was corrected. */

import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { ReplayRejectedRowsDocument, type RunDetailFragment } from '@/graphql/generated/graphql.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { useRunMutation } from './use-run-mutation.ts'

export const ReplayButton = ({ run }: { run: RunDetailFragment }) => {
  const [asking, setAsking] = useState(false)
  const replay = useRunMutation({
    mutation: ReplayRejectedRowsDocument,
    newRun: ({ replayRejectedRows }) => replayRejectedRows,
    refusedAs: `The rejected rows of run #${run.number} were not replayed`,
  })
  return (
    <>
      <Button size="sm" icon={RotateCcw} onClick={() => setAsking(true)}>
        Replay
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Replay the rejected rows of run #${run.number}?`}
        description={`A new run takes these rows as they were kept, passes them through the mapping as it is now, and commits those that fit. Nothing is read from ${run.connector.name}, and nothing is deleted. Correct the mapping first: what is still wrong is rejected again.`}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Not now</Button>
            <Button variant="primary" busy={replay.busy} onClick={() => replay.start({ run: run.id })}>
              Replay the rows
            </Button>
          </>
        }
      />
    </>
  )
}
