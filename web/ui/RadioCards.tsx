'use client'
/** One choice of a few that need a sentence each. */

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import clsx from 'clsx'
import type { ReactNode } from 'react'

export type RadioCard<T extends string> = {
  value: T
  label: string
  description: ReactNode
  /** Left of the words, such as a picture. */
  lead?: ReactNode
  /** Under the label: what else to know before choosing. */
  note?: ReactNode
  disabled?: boolean
}

type Props<T extends string> = {
  label: string
  cards: readonly RadioCard<T>[]
  value: T
  onChange: (value: T) => void
  /** How the cards are laid out. */
  className?: string
}

export const RadioCards = <T extends string>({ label, cards, value, onChange, className }: Props<T>) => (
  <RadioGroup aria-label={label} value={value} onValueChange={onChange} className={clsx('grid gap-3', className)}>
    {cards.map((card) => (
      <div
        key={card.value}
        className={clsx(
          'relative flex gap-3 rounded-lg border bg-surface p-3 transition-colors has-data-checked:border-primary has-data-checked:shadow-[inset_0_0_0_1px_var(--primary)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
          card.disabled ? 'bg-sunken' : 'hover:border-line-strong',
        )}
      >
        {card.lead}
        <div className="min-w-0 flex-1">
          {/* The label covers the card; the description is no part of the choice's name. */}
          <label className={clsx('flex items-start gap-2 font-medium after:absolute after:inset-0', card.disabled && 'text-ink-faint')}>
            <span className="min-w-0 flex-1">{card.label}</span>
            <Radio.Root
              value={card.value}
              disabled={card.disabled}
              className="relative z-10 mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong outline-none data-checked:border-primary data-checked:bg-primary data-disabled:opacity-50"
            >
              <Radio.Indicator className="size-1.5 rounded-full bg-on-primary" />
            </Radio.Root>
          </label>
          <p className="text-xs text-ink-faint">{card.description}</p>
          {card.note}
        </div>
      </div>
    ))}
  </RadioGroup>
)
