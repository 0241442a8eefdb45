'use client'
/** What can be asked of a log: levels, search, how it is shown, and taking it along. */

import { Check, Clock, Copy, Download, TextWrap } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { LogLevel } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/log.ts'
import { FilterMenu } from '@/ui/FilterMenu.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { Menu, MenuRadioGroup } from '@/ui/Menu.tsx'
import { SearchInput } from '@/ui/SearchInput.tsx'
import { Tooltip } from '@/ui/Tooltip.tsx'
import { HitNavigator, type Hits } from './HitNavigator.tsx'
import type { LogFilter } from './log-source.ts'
import { type TimeMode, timeModes } from './log-time.ts'

export type LogLook = { wrap: boolean; time: TimeMode }

type Props = {
  filter: LogFilter
  onFilter: (filter: LogFilter) => void
  look: LogLook
  onLook: (look: LogLook) => void
  /** How many lines are chosen; 0: none. */
  chosen: number
  onCopy: () => Promise<void>
  /** Where what is shown is downloaded. */
  download: string
  /** null without a search, or before it is answered. */
  hits: Hits | null
}

const levelOptions = (['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] satisfies LogLevel[]).map((value) => ({ value, label: value }))

const timeLabels: Record<TimeMode, string> = { utc: t.timeUtc, local: t.timeLocal, elapsed: t.timeElapsed }
const timeOptions = timeModes.map((value) => ({ value, label: timeLabels[value] }))

const isLevel = (value: string): value is LogLevel => levelOptions.some((option) => option.value === value)
const isTimeMode = (value: string): value is TimeMode => timeModes.some((mode) => mode === value)

/** Shows for a moment that it worked. */
const useDone = (): [boolean, () => void] => {
  const [done, setDone] = useState(false)
  return [
    done,
    () => {
      setDone(true)
      setTimeout(() => setDone(false), 1500)
    },
  ]
}

export const LogToolbar = ({ filter, onFilter, look, onLook, chosen, onCopy, download, hits }: Props) => {
  const [copied, setCopied] = useDone()
  const copyLabel = chosen > 0 ? t.copyChosen(chosen) : t.copy
  const moveOn = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || hits === null || hits.total === 0) return
    event.preventDefault()
    hits.goTo(Math.min(Math.max(hits.current + (event.shiftKey ? -1 : 1), 0), hits.total - 1))
  }
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-1.5">
      <SearchInput
        label={t.search}
        pageSearch
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.target.value })}
        onKeyDown={moveOn}
        className="min-w-32 flex-1 sm:max-w-64"
      />
      {hits && <HitNavigator hits={hits} />}
      <FilterMenu
        label={t.level}
        options={levelOptions}
        values={filter.levels}
        onChange={(values) => onFilter({ ...filter, levels: values.filter(isLevel) })}
      />
      <div className="flex">
        <Menu trigger={<IconButton icon={Clock} label={t.time} />} align="end">
          <MenuRadioGroup
            label={t.time}
            value={look.time}
            onChange={(time) => isTimeMode(time) && onLook({ ...look, time })}
            options={timeOptions}
          />
        </Menu>
        <IconButton icon={TextWrap} label={t.wrap} aria-pressed={look.wrap} onClick={() => onLook({ ...look, wrap: !look.wrap })} />
        <IconButton icon={copied ? Check : Copy} label={copied ? t.copied : copyLabel} onClick={() => void onCopy().then(setCopied)} />
        <Tooltip content={t.download}>
          <a
            href={download}
            download
            aria-label={t.download}
            className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink"
          >
            <Download aria-hidden className="size-4" />
          </a>
        </Tooltip>
      </div>
    </div>
  )
}
