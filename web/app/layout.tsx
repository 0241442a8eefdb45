/** The document around every page: typefaces, theme, and what the whole tab shares. */

import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { nonceHeader } from '@/graphql/request-headers.ts'
import * as t from '@/texts/pages.ts'
import { fontVariables } from '@/ui/fonts.ts'
import './globals.css'
import { Providers } from './Providers.tsx'

export const metadata: Metadata = {
  title: { default: t.productName, template: t.titleTemplate },
  description: t.productDescription,
  robots: { index: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9f9fb' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0e11' },
  ],
}

const RootLayout = async ({ children }: { children: ReactNode }) => {
  const nonce = (await headers()).get(nonceHeader) ?? ''
  return (
    <html lang={t.language} className={fontVariables} suppressHydrationWarning>
      <body>
        <Providers nonce={nonce} renderedAt={Date.now()}>
          {children}
        </Providers>
      </body>
    </html>
  )
}

export default RootLayout
