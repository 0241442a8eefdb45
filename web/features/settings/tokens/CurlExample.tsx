'use client'
/** The shortest use of a token, to try at once. */

import * as t from '@/texts/api-tokens.tsx'
import { useHydrated } from '@/ui/use-hydrated.ts'

export const CurlExample = () => {
  // The address is the one that the reader sees above the page; the server knows only its own.
  const origin = useHydrated() ? window.location.origin : 'http://localhost:3000'
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
      tabIndex={0}
      aria-label={t.example}
      className="overflow-x-auto rounded-md border bg-sunken p-3 text-left font-mono text-xs leading-5 text-ink-soft"
    >
      {`curl -s ${origin}/graphql \\
  -H "authorization: Bearer $AIIA_TOKEN" \\
  -H 'content-type: application/json' \\
  -d '{"query":"{ jobRuns(first: 5) { nodes { number status } } }"}'`}
    </pre>
  )
}
