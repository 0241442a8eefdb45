/** Which of the lines that a search found is looked at, and the way to the next and the one before. */

import { ChevronDown, ChevronUp } from 'lucide-react'
import { formatCount } from '@/ui/format.ts'
import { IconButton } from '@/ui/IconButton.tsx'

export type Hits = {
  /** From 0. */
  current: number
  total: number
  goTo(hit: number): void
}

export const HitNavigator = ({ hits: { current, total, goTo } }: { hits: Hits }) => (
  <span className="flex items-center">
    <output aria-label="Search hit" className="px-1 text-xs text-ink-faint tabular">
      {total === 0 ? 'no hit' : `${formatCount(current + 1)} / ${formatCount(total)}`}
    </output>
    <IconButton
      icon={ChevronUp}
      label="Previous hit"
      hint="Previous hit: Shift Enter"
      disabled={current <= 0}
      onClick={() => goTo(current - 1)}
    />
    <IconButton
      icon={ChevronDown}
      label="Next hit"
      hint="Next hit: Enter"
      disabled={current >= total - 1}
      onClick={() => goTo(current + 1)}
    />
  </span>
)
