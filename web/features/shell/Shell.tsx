'use client'
/** The frame of the console: where one is, where one can go, who one is. */

import clsx from 'clsx'
import { Search } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { GeneratedPasswordBanner } from '@/features/session/GeneratedPasswordBanner.tsx'
import { MaintenanceBanner } from '@/features/system/MaintenanceBanner.tsx'
import type { Maintenance } from '@/features/system/use-maintenance.ts'
import * as t from '@/texts/shell.ts'
import { Brand } from '@/ui/Brand.tsx'
import { Kbd } from '@/ui/Kbd.tsx'
import { useHydrated } from '@/ui/use-hydrated.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { placeOf, places } from './navigation.ts'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import { useCommandPalette } from './use-command-palette.tsx'
import { usePageFocus } from './use-page-focus.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { type Viewer, ViewerMenu } from './ViewerMenu.tsx'

const Navigation = ({ className }: { className?: string }) => {
  const current = placeOf(usePathname())
  return (
    <nav aria-label={t.navigationLabel} className={clsx('flex gap-0.5', className)}>
      {places.map(({ href, label, icon: Icon, often }) => (
        <Link
          key={href}
          href={href}
          // Whole, data included: going there takes no time, and the page asks anew behind what it shows.
          prefetch={often}
          aria-current={href === current ? 'page' : undefined}
          className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink max-sm:px-2"
        >
          {/* On a phone the words alone fit side by side. */}
          <Icon aria-hidden className="size-4 shrink-0 max-sm:hidden" />
          {label}
        </Link>
      ))}
    </nav>
  )
}

const Home = () => (
  <Link href="/admin/connectors" className="flex items-center gap-2.5 rounded-md">
    <Brand className="size-7" />
    <span className="text-sm leading-tight font-semibold tracking-tight">
      {t.company} <span className="font-normal text-ink-faint">{t.product}</span>
    </span>
  </Link>
)

type Props = {
  viewer: Viewer
  /** As the server knew it when it drew the page. */
  maintenance: Maintenance
  children: ReactNode
}

export const Shell = ({ viewer, maintenance, children }: Props) => {
  const { palette, openPalette } = useCommandPalette()
  useShortcuts()
  const content = usePageFocus()
  // Before the page is alive, nobody hears the keys.
  const keys = useHydrated() ? 'Control+K Meta+K' : undefined
  return (
    <div className="lg:pl-58">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-primary focus:px-3 focus:py-2 focus:text-on-primary"
      >
        {t.skipToContent}
      </a>
      <aside className="fixed inset-y-0 left-0 z-20 hidden w-58 flex-col border-r bg-surface p-3 lg:flex">
        <div className="mb-4 px-1.5 pt-1.5">
          <Home />
        </div>
        <button
          type="button"
          aria-keyshortcuts={keys}
          onClick={openPalette}
          className="mb-3 flex h-8 items-center gap-2 rounded-md border bg-sunken px-2.5 text-sm text-ink-faint transition-colors hover:border-line-strong"
        >
          <Search aria-hidden className="size-3.5" />
          <span className="flex-1 text-left">{t.openPalette}</span>
          <Kbd>⌘K</Kbd>
        </button>
        <Navigation className="flex-col" />
        <div className="mt-auto flex items-center gap-1 border-t pt-3">
          <div className="min-w-0 flex-1 [&>button]:w-full">
            <ViewerMenu viewer={viewer} />
          </div>
          <ThemeSwitch />
        </div>
      </aside>
      <header className="sticky top-0 z-20 border-b bg-surface lg:hidden">
        <div className="flex h-13 items-center gap-1 px-4">
          <div className="flex-1">
            <Home />
          </div>
          <button
            type="button"
            aria-label={t.openPalette}
            aria-keyshortcuts={keys}
            onClick={openPalette}
            className="flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-hover"
          >
            <Search aria-hidden className="size-4" />
          </button>
          <ThemeSwitch />
          <ViewerMenu viewer={viewer} compact />
        </div>
        <Navigation className="overflow-x-auto px-2 pb-1.5" />
      </header>
      <main ref={content} id="content" tabIndex={-1} className="mx-auto max-w-440 px-4 py-6 outline-none sm:px-6 lg:px-8">
        <MaintenanceBanner first={maintenance} />
        <GeneratedPasswordBanner first={viewer.passwordGenerated} />
        {children}
      </main>
      <ConnectionBanner />
      {palette}
    </div>
  )
}
