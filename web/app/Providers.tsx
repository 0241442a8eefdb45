'use client'
/** What every component may count on: the theme, the clock, the GraphQL client, tooltips and toasts. */

import { CSPProvider } from '@base-ui/react/csp-provider'
import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { GraphProvider } from '@/graphql/GraphProvider.tsx'
import { ClockProvider } from '@/ui/Clock.tsx'
import { ToastProvider } from '@/ui/Toast.tsx'
import { TooltipProvider } from '@/ui/Tooltip.tsx'

export const Providers = ({ nonce, renderedAt, children }: { nonce: string; renderedAt: number; children: ReactNode }) => (
  <CSPProvider nonce={nonce} disableStyleElements>
    <ThemeProvider attribute="data-theme" nonce={nonce} disableTransitionOnChange>
      <ClockProvider renderedAt={renderedAt}>
        <GraphProvider>
          <TooltipProvider>
            <ToastProvider>{children}</ToastProvider>
          </TooltipProvider>
        </GraphProvider>
      </ClockProvider>
    </ThemeProvider>
  </CSPProvider>
)
