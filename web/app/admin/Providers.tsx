'use client'
/** What the screens behind the sign-in count on besides: the GraphQL client and toasts. Signing in needs none. */

import type { ReactNode } from 'react'
import { GraphProvider } from '@/graphql/GraphProvider.tsx'
import { Toasts } from '@/ui/Toasts.tsx'

export const Providers = ({ children }: { children: ReactNode }) => (
  <GraphProvider>
    {children}
    <Toasts />
  </GraphProvider>
)
