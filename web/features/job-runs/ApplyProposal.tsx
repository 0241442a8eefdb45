'use client'
/** Takes over the mapping that follows the source, and runs the connector again. */

import { Wand2 } from 'lucide-react'
import { ApplyProposalDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/run-failure.tsx'
import { Button } from '@/ui/Button.tsx'
import { useRunMutation } from './use-run-mutation.ts'

export const ApplyProposal = ({ run }: { run: { id: string } }) => {
  const apply = useRunMutation({
    mutation: ApplyProposalDocument,
    newRun: ({ applyMappingProposal }) => applyMappingProposal,
    refusedAs: t.proposalNotApplied,
  })
  return (
    <Button variant="primary" icon={Wand2} busy={apply.busy} onClick={() => apply.start({ run: run.id })}>
      {t.applyProposal}
    </Button>
  )
}
