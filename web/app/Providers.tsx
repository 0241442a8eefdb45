'use client'
/** What every component may count on: the theme and the clock. */

import { CSPProvider } from '@base-ui/react/csp-provider'
import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { ClockProvider } from '@/ui/Clock.tsx'

export const Providers = ({ nonce, renderedAt, children }: { nonce: string; renderedAt: number; children: ReactNode }) => (
  <CSPProvider nonce={nonce} disableStyleElements>
    <ThemeProvider attribute="data-theme" nonce={nonce} disableTransitionOnChange>
      <ClockProvider renderedAt={renderedAt}>{children}</ClockProvider>
    </ThemeProvider>
  </CSPProvider>
)
