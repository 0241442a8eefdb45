'use client'
/** What went wrong with a source, why that happens, and what to do about it. */

import type { ReactNode } from 'react'
import type { Explained } from '@/graphql/errors.ts'
import * as t from '@/texts/connection.ts'
import { Callout } from '@/ui/Callout.tsx'

const Part = ({ label, children }: { label: string; children: string }) =>
  children === '' ? null : (
    <div>
      <dt className="text-xs font-medium">{label}</dt>
      <dd className="text-ink">{children}</dd>
    </div>
  )

export const ExplainedFailure = ({
  failure: { message, rootCause, resolution },
  children,
}: {
  failure: Explained
  children?: ReactNode
}) => (
  <Callout tone="danger" title={message} role="alert">
    {rootCause + resolution !== '' && (
      <dl className="mt-2 flex flex-col gap-2">
        <Part label={t.rootCause}>{rootCause}</Part>
        <Part label={t.resolution}>{resolution}</Part>
      </dl>
    )}
    {children}
  </Callout>
)
