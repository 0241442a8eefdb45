'use client'
/** Reads again what a run rejected, after the mapping or the source was corrected. */

import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { ReplayRejectedRowsDocument, type RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/rejected-rows.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { useRunMutation } from './use-run-mutation.ts'

export const ReplayButton = ({ run }: { run: RunDetailFragment }) => {
  const [asking, setAsking] = useState(false)
  const replay = useRunMutation({
    mutation: ReplayRejectedRowsDocument,
    newRun: ({ replayRejectedRows }) => replayRejectedRows,
    refusedAs: t.notReplayed(run.number),
  })
  return (
    <>
      <Button size="sm" icon={RotateCcw} onClick={() => setAsking(true)}>
        {t.replay}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t.replayQuestion(run.number)}
        description={t.replayConsequence(run.connector.name)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t.notNow}</Button>
            <Button variant="primary" busy={replay.busy} onClick={() => replay.start({ run: run.id })}>
              {t.replayConfirm}
            </Button>
          </>
        }
      />
    </>
  )
}
