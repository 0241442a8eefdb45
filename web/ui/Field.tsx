'use client'
/** A labelled form field with its description and its error, wired for assistive technology. */

import { Field as Base } from '@base-ui/react/field'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import * as t from '@/texts/ui.ts'

type Props = {
  /** By which an address can ask for it; see use-asked-field. */
  name?: string
  label: string
  description?: ReactNode
  error?: string | undefined
  optional?: boolean
  className?: string
  children: ReactNode
}

export const Field = ({ name, label, description, error, optional = false, className, children }: Props) => (
  <Base.Root data-field={name} invalid={error !== undefined} className={clsx('flex min-w-0 flex-col gap-1.5', className)}>
    <Base.Label className="flex items-baseline justify-between gap-2 text-sm font-medium">
      {label}
      {optional && <span className="text-xs font-normal text-ink-faint">{t.optional}</span>}
    </Base.Label>
    {children}
    {error !== undefined && (
      <Base.Error match className="text-xs text-failed">
        {error}
      </Base.Error>
    )}
    {description && <Base.Description className="text-xs text-ink-faint">{description}</Base.Description>}
  </Base.Root>
)
