/** Said wherever such a kind is chosen or used: nobody has tried it against the real thing. */

import { FlaskConical } from 'lucide-react'
import * as t from '@/texts/unverified.tsx'
import { Badge } from '@/ui/Badge.tsx'

/** `short`: where there is little room; whoever listens is told all of it. */
export const Unverified = ({ short = false }: { short?: boolean }) => (
  <Badge tone="pending" icon={FlaskConical}>
    <span>
      {t.unverified((words) => (
        <span className={short ? 'sr-only' : undefined}>{words}</span>
      ))}
    </span>
  </Badge>
)
