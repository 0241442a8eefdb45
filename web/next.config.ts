/** The console's build: a plain Next server that the API forwards pages to. */

import { join } from 'node:path'
import type { NextConfig } from 'next'

const repository = join(import.meta.dirname, '..')

/** What does not change from request to request; the Content-Security-Policy with its nonce is made in proxy.ts. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

const config: NextConfig = {
  // A container runs the traced copy; `next start`, as the stack runs it, wants the whole.
  ...(process.env['NEXT_OUTPUT'] === 'standalone' && { output: 'standalone' as const }),
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  poweredByHeader: false,
  reactStrictMode: true,
  // Titles come with the page for everybody: one that is streamed behind it undoes the title that a live run sets.
  htmlLimitedBots: /.*/,
  devIndicators: false,
  // `next dev` would write instruction files of its own into the repository.
  agentRules: false,
  allowedDevOrigins: ['127.0.0.1'],
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default config
