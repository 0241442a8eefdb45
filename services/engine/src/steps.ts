/** The steps of an attempt, told as they begin and end. */

import type { JobStep, StepKind } from '@aiia/core/job-run/step'
import type { SyncReport } from './report.ts'

const streamSteps = ['DISCOVER', 'EXTRACT', 'VALIDATE', 'MATCH', 'COMMIT'] as const satisfies readonly StepKind[]

type Ending = { read?: number; detail?: string | null }

export type Steps = {
  /** Runs one step: it is told RUNNING before, COMPLETED with `ending` after; a failure leaves it RUNNING for the store to close. */
  run<T>(kind: StepKind, stream: string | null, work: () => Promise<T>, ending?: (result: T) => Ending): Promise<T>
  skip(kind: StepKind, stream: string, detail: string): void
}

/** Tells all steps as PENDING at once, so that a viewer sees what is to come. */
export const createSteps = (report: SyncReport, streams: readonly string[]): Steps => {
  const blank = { status: 'PENDING', startedAt: null, finishedAt: null, read: 0, detail: null } as const
  const steps: JobStep[] = [
    { ...blank, position: 0, kind: 'CONNECT', stream: null },
    ...streams.flatMap((stream, index) =>
      streamSteps.map((kind, at) => ({ ...blank, position: 1 + index * streamSteps.length + at, kind, stream })),
    ),
  ]
  for (const step of steps) report.step(step)
  const tell = (kind: StepKind, stream: string | null, change: Partial<JobStep>): void => {
    const at = steps.findIndex((step) => step.kind === kind && step.stream === stream)
    const step = steps[at]
    if (step === undefined) throw new Error(`There is no step ${kind} of ${stream}.`)
    const changed = { ...step, ...change }
    steps[at] = changed
    report.step(changed)
  }
  return {
    run: async (kind, stream, work, ending) => {
      tell(kind, stream, { status: 'RUNNING', startedAt: new Date() })
      const result = await work()
      tell(kind, stream, { status: 'COMPLETED', finishedAt: new Date(), ...ending?.(result) })
      return result
    },
    skip: (kind, stream, detail) => tell(kind, stream, { status: 'SKIPPED', detail }),
  }
}

export { streamSteps }
