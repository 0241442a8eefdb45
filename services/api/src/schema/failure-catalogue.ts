/** Every way a run can end badly, to be read before it happens. */

import { type FailureCode, failureCatalogue, failureCodes } from '@aiia/core/failures/catalogue'
import { builder } from './builder.ts'
import { JobRunStatus } from './enums.ts'

const FailureExplanation = builder.objectRef<FailureCode>('FailureExplanation').implement({
  description: 'One way a run can end badly: what it is, why it happens and what to do.',
  fields: (t) => ({
    code: t.string({ description: 'Stable name, as `Failure.code` has it.', resolve: (code) => code }),
    title: t.string({ description: 'Its name for people.', resolve: (code) => failureCatalogue[code].title }),
    status: t.field({
      type: JobRunStatus,
      description: 'What a run ends as, once no attempt is left: FAILED or ERROR.',
      resolve: (code) => failureCatalogue[code].status,
    }),
    retryable: t.boolean({
      description: 'Whether the run tries again by itself while it has attempts left.',
      resolve: (code) => failureCatalogue[code].retryable,
    }),
    rootCause: t.string({ description: 'Why this happens.', resolve: (code) => failureCatalogue[code].rootCause }),
    resolution: t.string({ description: 'What to do next.', resolve: (code) => failureCatalogue[code].resolution }),
  }),
})

builder.queryField('failureCatalogue', (t) =>
  t.field({
    type: [FailureExplanation],
    description: 'Every failure there is, those of the network first.',
    resolve: () => [...failureCodes],
  }),
)
