/** What came of an action on many connectors, in one message. */

import { formatCount } from '@/ui/format.ts'

/** `already`: there was nothing to do. */
export type BulkEnd = { name: string; end: 'done' | 'already' | { refused: string } }

/** Of one, of many. */
type Words = Record<'done' | 'already', [one: string, many: string]>

export const bulkWords = {
  sync: { done: ['sync started', 'syncs started'], already: ['was already running', 'were already running'] },
  pause: { done: ['connector paused', 'connectors paused'], already: ['was paused already', 'were paused already'] },
  resume: { done: ['connector resumed', 'connectors resumed'], already: ['was active already', 'were active already'] },
} satisfies Record<string, Words>

export type BulkAction = keyof typeof bulkWords

const counted = (count: number, [one, many]: [string, string]): string => `${formatCount(count)} ${count === 1 ? one : many}`

export const summary = (action: BulkAction, ends: readonly BulkEnd[]): { title: string; description?: string; type?: 'error' } => {
  const words: Words = bulkWords[action]
  const count = (wanted: 'done' | 'already') => ends.filter(({ end }) => end === wanted).length
  const refusals = refusalsOf(ends)
  const refused = ends.length - count('done') - count('already')
  const parts = [
    count('done') > 0 && counted(count('done'), words.done),
    count('already') > 0 && counted(count('already'), words.already),
    refused > 0 && `${formatCount(refused)} refused`,
  ]
  return {
    title: parts.filter((part) => part !== false).join(', '),
    ...(refused > 0 && { description: refusals, type: 'error' as const }),
  }
}

/** "Alpha, Beta: The platform does not answer. Gamma: There is no such connector." */
const refusalsOf = (ends: readonly BulkEnd[]): string => {
  const names = new Map<string, string[]>()
  for (const { name, end } of ends) {
    if (typeof end === 'object') names.set(end.refused, [...(names.get(end.refused) ?? []), name])
  }
  return [...names].map(([message, those]) => `${listed(those)}: ${message}`).join(' ')
}

const mostNamed = 5

const listed = (names: readonly string[]): string =>
  names.length > mostNamed ? `${names.slice(0, mostNamed).join(', ')} and ${formatCount(names.length - mostNamed)} more` : names.join(', ')
