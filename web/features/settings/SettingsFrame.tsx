'use client'
/** The pages of the settings, and which of them one is on. */

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import * as t from '@/texts/settings.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { settingsPages } from './settings-pages.ts'

export const SettingsFrame = ({ administrator, children }: { administrator: boolean; children: ReactNode }) => {
  const pathname = usePathname()
  const nav = useRef<HTMLElement>(null)
  // On a phone there is no room for all of them.
  useEffect(() => {
    const at = nav.current?.querySelector<HTMLElement>(`[href="${pathname}"]`)
    if (at) nav.current?.scrollTo({ left: at.offsetLeft - nav.current.offsetLeft - 16 })
  }, [pathname])
  return (
    <>
      <PageHeader title={t.title} description={t.description} />
      <nav ref={nav} aria-label={t.pages} className="mb-5 flex gap-1 overflow-x-auto border-b">
        {settingsPages
          .filter((page) => administrator || page.everybody)
          .map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              aria-current={pathname === href ? 'page' : undefined}
              className="flex h-9 items-center border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-ink-soft -outline-offset-2 transition-colors hover:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink"
            >
              {label}
            </Link>
          ))}
      </nav>
      {children}
    </>
  )
}
