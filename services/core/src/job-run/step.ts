/** The steps of a run, per stream where they apply. */

export const stepKinds = ['CONNECT', 'DISCOVER', 'EXTRACT', 'VALIDATE', 'MATCH', 'COMMIT'] as const
export type StepKind = (typeof stepKinds)[number]

export const stepStatuses = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'SKIPPED'] as const
export type StepStatus = (typeof stepStatuses)[number]

/** One step of one attempt. `position` orders the steps of an attempt and identifies them within it. */
export type JobStep = {
  position: number
  kind: StepKind
  /** null for the steps of the whole run (CONNECT). */
  stream: string | null
  status: StepStatus
  startedAt: Date | null
  finishedAt: Date | null
  /** Rows that went through this step. */
  read: number
  /** One sentence for an administrator, such as "312,000 rows staged". */
  detail: string | null
}
