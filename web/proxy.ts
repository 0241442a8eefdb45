/**
 * Gives every page its Content-Security-Policy with a fresh nonce, and tells the page its own address so that a
 * visitor without a session comes back to it. Decides nothing about access: that is the API's.
 */

import { type NextRequest, NextResponse } from 'next/server'
import { development } from '@/env.ts'
import { nonceHeader, pathHeader } from '@/graphql/request-headers.ts'

const policy = (nonce: string) =>
  [
    `default-src 'self'`,
    // In development React rebuilds stack traces with eval, and the bundler injects styles.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src-elem 'self' 'nonce-${nonce}'`,
    // Positions of virtual rows, bars and popups are style attributes.
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')

export const proxy = (request: NextRequest) => {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const csp = policy(nonce)
  const headers = new Headers(request.headers)
  headers.set(nonceHeader, nonce)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  headers.set('content-security-policy', csp)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', csp)
  return response
}

export const config = { matcher: '/((?!_next/static|_next/image|icon.svg).*)' }
