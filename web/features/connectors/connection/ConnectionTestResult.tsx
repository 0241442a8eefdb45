'use client'
/** How a Connection Test went: what answered, or why nothing did and what to do about it. */

import * as t from '@/texts/connection.ts'
import { Callout } from '@/ui/Callout.tsx'
import { ExplainedFailure } from './ExplainedFailure.tsx'
import type { ConnectionTest } from './use-connection-test.ts'

export const ConnectionTestResult = ({ test: { running, result } }: { test: ConnectionTest }) => {
  if (running) {
    return (
      <Callout live>
        <span className="animate-late">{t.asking}</span>
      </Callout>
    )
  }
  if (result === null) return null
  if (result.ok) {
    return (
      <div aria-live="polite" className="flex flex-col gap-2">
        <Callout tone="success" title={t.connected(result.latencyMs)}>
          {result.serverVersion}
        </Callout>
        {result.warnings.map((warning) => (
          <Callout key={warning} tone="warning">
            {warning}
          </Callout>
        ))}
      </div>
    )
  }
  const { failure } = result
  return <ExplainedFailure failure={failure ?? { message: t.notConnected, rootCause: '', resolution: '' }} />
}
