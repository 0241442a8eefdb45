'use client'
/** Tabs over one subject. */

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

type Tab = { value: string; label: string; content: ReactNode }

export const Tabs = ({
  tabs,
  value,
  onChange,
  label,
}: {
  tabs: Tab[]
  value: string
  onChange: (value: string) => void
  label: string
}) => (
  // An address may name a tab that this viewer does not have.
  <Base.Root value={tabs.some((tab) => tab.value === value) ? value : tabs[0]?.value} onValueChange={(next) => onChange(String(next))}>
    <Base.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-b">
      {tabs.map((tab) => (
        <Base.Tab
          key={tab.value}
          value={tab.value}
          className="h-9 shrink-0 rounded-t-md px-3 text-sm font-medium whitespace-nowrap text-ink-soft transition-colors -outline-offset-2 hover:text-ink data-active:text-ink"
        >
          {tab.label}
        </Base.Tab>
      ))}
      <Base.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) bg-ink transition-all duration-150" />
    </Base.List>
    {tabs.map((tab) => (
      <Base.Panel key={tab.value} value={tab.value} className="pt-5 outline-none">
        {tab.content}
      </Base.Panel>
    ))}
  </Base.Root>
)
