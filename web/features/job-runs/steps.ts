/** The steps of a run as a timeline: grouped by stream, placed on the run's own time axis. */

import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/status.ts'

export type Step = RunDetailFragment['steps'][number]
export type StepGroup = { stream: string | null; steps: Step[] }

/** A kind that the console does not know yet has no name. */
export const stepNames: Record<string, string> = t.stepNames

/** Steps of the whole run first, then those of each stream in the order in which streams appear. */
export const groupSteps = (steps: readonly Step[]): StepGroup[] => {
  const groups = new Map<string | null, Step[]>()
  for (const step of steps) groups.set(step.stream, [...(groups.get(step.stream) ?? []), step])
  return [...groups]
    .map(([stream, own]) => ({ stream, steps: own }))
    .toSorted((a, b) => Number(a.stream !== null) - Number(b.stream !== null))
}

export type Span = { from: number; to: number }

/** The run's time axis; a run that goes on ends now. */
export const axisOf = (run: Pick<RunDetailFragment, 'startedAt' | 'finishedAt'>, now: number): Span => {
  const from = run.startedAt === null ? now : Date.parse(run.startedAt)
  return { from, to: Math.max(run.finishedAt === null ? now : Date.parse(run.finishedAt), from + 1) }
}

/** Where a step lies on the axis, as shares from 0 to 1; null while it has not begun. */
export const placeOnAxis = ({ startedAt, finishedAt }: Pick<Step, 'startedAt' | 'finishedAt'>, axis: Span): Span | null => {
  if (startedAt === null) return null
  const share = (moment: number) => Math.min(Math.max((moment - axis.from) / (axis.to - axis.from), 0), 1)
  return { from: share(Date.parse(startedAt)), to: finishedAt === null ? 1 : share(Date.parse(finishedAt)) }
}
