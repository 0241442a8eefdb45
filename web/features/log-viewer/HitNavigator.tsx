/** Which of the lines that a search found is looked at, and the way to the next and the one before. */

import { ChevronDown, ChevronUp } from 'lucide-react'
import * as t from '@/texts/log.ts'
import { IconButton } from '@/ui/IconButton.tsx'

export type Hits = {
  /** From 0. */
  current: number
  total: number
  goTo(hit: number): void
}

export const HitNavigator = ({ hits: { current, total, goTo } }: { hits: Hits }) => (
  <span className="flex items-center">
    <output aria-label={t.hit} className="px-1 text-xs text-ink-faint tabular">
      {total === 0 ? t.noHit : t.hitOf(current + 1, total)}
    </output>
    <IconButton icon={ChevronUp} label={t.previousHit} hint={t.previousHitHint} disabled={current <= 0} onClick={() => goTo(current - 1)} />
    <IconButton
      icon={ChevronDown}
      label={t.nextHit}
      hint={t.nextHitHint}
      disabled={current >= total - 1}
      onClick={() => goTo(current + 1)}
    />
  </span>
)
