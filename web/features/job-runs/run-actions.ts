'use client'
/** What happens when the API refuses an action on a run: said where the person looks, with the way on. */

import type { CombinedError } from '@urql/core'
import { conflictingRun, messageOf } from '@/graphql/errors.ts'
import * as t from '@/texts/run-actions.ts'
import { toasts } from '@/ui/toasts.ts'

export const runPath = (number: number): string => `/admin/runs/${number}`

export const showRefusal = (title: string, error: CombinedError, open: (path: string) => void): void => {
  const inTheWay = conflictingRun(error)
  toasts.add({
    title,
    description: messageOf(error),
    type: 'error',
    ...(inTheWay !== undefined && { actionProps: { children: t.openRun(inTheWay), onClick: () => open(runPath(inTheWay)) } }),
  })
}
