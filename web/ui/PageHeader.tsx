/** The head of a page: the way here, its title, and what can be done. */

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import * as t from '@/texts/ui.ts'

type Props = { trail?: { href: string; label: string }[]; title: ReactNode; description?: ReactNode; actions?: ReactNode }

export const PageHeader = ({ trail, title, description, actions }: Props) => (
  <header className="mb-5">
    {trail && (
      <nav aria-label={t.breadcrumb} className="mb-2 flex min-w-0 items-center gap-1 text-xs text-ink-faint">
        {trail.map(({ href, label }, index) => (
          <span key={href} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3 shrink-0" />}
            <Link href={href} className="truncate rounded-sm hover:text-ink">
              {label}
            </Link>
          </span>
        ))}
      </nav>
    )}
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
        {description && <div className="mt-1 text-sm text-ink-soft">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  </header>
)
