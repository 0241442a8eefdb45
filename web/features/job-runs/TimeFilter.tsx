'use client'
/** When runs were asked for: a moving window, or two moments of the reader's own. */

import dynamic from 'next/dynamic'
import { useState } from 'react'
import * as t from '@/texts/runs.ts'
import { FilterButton } from '@/ui/FilterMenu.tsx'
import { formatLocal, formatUtc } from '@/ui/format.ts'
import { Menu, MenuItem, MenuRadioGroup, MenuSeparator } from '@/ui/Menu.tsx'
import { useHydrated } from '@/ui/use-hydrated.ts'
import { type TimeRange, windows } from './time-range.ts'

const CustomRange = dynamic(() => import('./CustomRange.tsx').then((module) => module.CustomRange), { ssr: false })

type Props = { range: TimeRange | null; onChange: (range: TimeRange | null) => void }

const anyTime = 'any'
const options = [{ value: anyTime, label: t.anyTime }, ...windows.map((value) => ({ value, label: t.windowNames[value] }))]

export const TimeFilter = ({ range, onChange }: Props) => {
  const [asking, setAsking] = useState(false)
  const summary = useSummary(range)
  const value = range === null ? anyTime : 'window' in range ? range.window : ''
  const choose = (chosen: string) => {
    const window = windows.find((known) => known === chosen)
    onChange(window === undefined ? null : { window })
  }
  return (
    <>
      <Menu trigger={<FilterButton label={t.time} summary={summary} />}>
        <MenuRadioGroup label={t.time} value={value} onChange={choose} options={options} />
        <MenuSeparator />
        <MenuItem onSelect={() => setAsking(true)}>{t.customRange}</MenuItem>
      </Menu>
      {asking && (
        <CustomRange
          range={range === null || 'window' in range ? { from: null, to: null } : range}
          onChoose={onChange}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

/** In the reader's own time once that is known: the server has another. */
const useSummary = (range: TimeRange | null): string | null => {
  const hydrated = useHydrated()
  if (range === null) return null
  if ('window' in range) return t.windowNames[range.window]
  const print = (at: string) => (hydrated ? formatLocal(Date.parse(at)).slice(0, 16) : `${formatUtc(Date.parse(at)).slice(0, 16)} UTC`)
  if (range.from === null) return t.untilMoment(range.to === null ? '' : print(range.to))
  return range.to === null ? t.fromMoment(print(range.from)) : t.betweenMoments(print(range.from), print(range.to))
}
