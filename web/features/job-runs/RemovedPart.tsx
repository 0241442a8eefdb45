/** What retention has taken from a run: said where it stood. */

import { Archive } from 'lucide-react'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { formatUtc } from '@/ui/format.ts'

type Props = { title: string; what: string; at: string; className?: string }

export const RemovedPart = ({ title, what, at, className }: Props) => (
  <Card title={title} {...(className && { className })}>
    <EmptyState icon={Archive} title={what}>
      On {formatUtc(Date.parse(at))}, as the retention of this connector says.
    </EmptyState>
  </Card>
)
