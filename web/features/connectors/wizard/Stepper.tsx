/** Where one is in the wizard. */

import clsx from 'clsx'
import { Check } from 'lucide-react'
import * as t from '@/texts/wizard.ts'

export const Stepper = ({ steps, current, onGo }: { steps: readonly string[]; current: number; onGo: (step: number) => void }) => (
  <ol aria-label={t.steps} className="mb-5 flex items-center gap-2 text-sm">
    {steps.map((label, index) => (
      <li key={label} aria-current={index === current ? 'step' : undefined} className="flex min-w-0 items-center gap-2">
        {index > 0 && <span aria-hidden className="h-px w-4 bg-line-strong sm:w-8" />}
        <button
          type="button"
          disabled={index >= current}
          onClick={() => onGo(index)}
          className={clsx(
            'flex min-w-0 items-center gap-2 rounded-md',
            index === current ? 'font-medium text-ink' : 'text-ink-faint',
            index < current && 'hover:text-ink',
          )}
        >
          <span
            className={clsx(
              'flex size-5 shrink-0 items-center justify-center rounded-full border text-2xs font-semibold tabular',
              index === current && 'border-primary bg-primary text-on-primary',
              index < current && 'border-transparent bg-completed-tint text-completed',
            )}
          >
            {index < current ? <Check aria-label={t.stepDone} className="size-3" strokeWidth={3} /> : index + 1}
          </span>
          <span className={clsx('truncate', index !== current && 'hidden sm:inline')}>{label}</span>
        </button>
      </li>
    ))}
  </ol>
)
