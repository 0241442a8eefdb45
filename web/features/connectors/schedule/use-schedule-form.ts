'use client'
/** The state of a schedule's form. */

import { useState } from 'react'
import { type ScheduleDraft, scheduleProblems } from './schedule-draft.ts'

export type ScheduleForm = {
  draft: ScheduleDraft
  errors: Record<string, string>
  change(part: Partial<ScheduleDraft>): void
  /** Shows what is wrong; true when nothing is. */
  check(): boolean
  /** Shows what the API found wrong, by paths below `schedule`. */
  refuse(fields: Record<string, string>): void
}

export const useScheduleForm = (stored: () => ScheduleDraft): ScheduleForm => {
  const [draft, setDraft] = useState(stored)
  const [errors, setErrors] = useState<Record<string, string>>({})
  return {
    draft,
    errors,
    change: (part) => {
      setDraft((before) => ({ ...before, ...part }))
      setErrors({})
    },
    check: () => {
      const problems = scheduleProblems(draft)
      setErrors(problems)
      return Object.keys(problems).length === 0
    },
    refuse: (fields) =>
      setErrors(
        Object.fromEntries(
          Object.entries(fields).flatMap(([path, message]) =>
            path.startsWith('schedule.') ? [[path.slice('schedule.'.length), message]] : [],
          ),
        ),
      ),
  }
}
