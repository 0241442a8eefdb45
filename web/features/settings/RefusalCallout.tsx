/** Why a change was refused, where no field says it already. */

import { Callout } from '@/ui/Callout.tsx'
import type { Refusal } from './use-change.ts'

export const RefusalCallout = ({ title, refusal }: { title: string; refusal: Refusal | null }) =>
  refusal && Object.keys(refusal.fields).length === 0 ? (
    <Callout tone="danger" role="alert" title={title}>
      {refusal.message}
    </Callout>
  ) : null
