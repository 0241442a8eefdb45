/** What came of an action on many connectors, in one message. */

import * as t from '@/texts/connectors-bulk.ts'

/** `already`: there was nothing to do. */
export type BulkEnd = { name: string; end: 'done' | 'already' | { refused: string } }

export type BulkAction = 'sync' | 'pause' | 'resume'

export const summary = (action: BulkAction, ends: readonly BulkEnd[]): { title: string; description?: string; type?: 'error' } => {
  const count = (wanted: 'done' | 'already') => ends.filter(({ end }) => end === wanted).length
  const refusals = refusalsOf(ends)
  const refused = ends.length - count('done') - count('already')
  const parts = [
    count('done') > 0 && t.finished[action](count('done')),
    count('already') > 0 && t.already[action](count('already')),
    refused > 0 && t.refused(refused),
  ]
  return {
    title: t.outcome(parts.filter((part) => part !== false)),
    ...(refused > 0 && { description: refusals, type: 'error' as const }),
  }
}

/** "Alpha, Beta: The platform does not answer. Gamma: There is no such connector." */
const refusalsOf = (ends: readonly BulkEnd[]): string => {
  const names = new Map<string, string[]>()
  for (const { name, end } of ends) {
    if (typeof end === 'object') names.set(end.refused, [...(names.get(end.refused) ?? []), name])
  }
  return [...names].map(([message, those]) => t.refusal(listed(those), message)).join(' ')
}

const mostNamed = 5

const listed = (names: readonly string[]): string => t.names(names.slice(0, mostNamed), Math.max(names.length - mostNamed, 0))
