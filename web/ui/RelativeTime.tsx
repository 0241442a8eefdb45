'use client'
/** How long ago something was, with the exact moment on hover and focus. */

import * as t from '@/texts/ui.ts'
import { useNow } from './Clock.tsx'
import { formatLocal, formatRelative, formatUtc } from './format.ts'
import { Tooltip } from './Tooltip.tsx'

export const RelativeTime = ({ at, className }: { at: string; className?: string }) => {
  const now = useNow()
  const moment = Date.parse(at)
  return (
    <Tooltip content={<Moment at={moment} />}>
      <time dateTime={at} className={className}>
        {formatRelative(moment, now)}
      </time>
    </Tooltip>
  )
}

/** Drawn only once the reader asks, hence in the browser: the local time zone is known there. */
const Moment = ({ at }: { at: number }) => (
  <span className="block text-center tabular">
    {t.local(formatLocal(at))}
    <br />
    {formatUtc(at)}
  </span>
)
