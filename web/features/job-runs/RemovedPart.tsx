/** What retention has taken from a run: said where it stood. */

import { Archive } from 'lucide-react'
import * as t from '@/texts/run.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'

type Props = { title: string; what: string; at: string; className?: string }

export const RemovedPart = ({ title, what, at, className }: Props) => (
  <Card title={title} {...(className && { className })}>
    <EmptyState icon={Archive} title={what}>
      {t.removedOn(Date.parse(at))}
    </EmptyState>
  </Card>
)
