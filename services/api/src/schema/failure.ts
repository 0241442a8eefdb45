/** Why a run, a Connection Test or a discovery did not succeed. */

import type { Failure as FailureShape } from '@aiia/core/failures/failure'
import type { SourceSilence } from '../errors.ts'
import { builder } from './builder.ts'
import { MappingProposal } from './mapping-proposal.ts'

export const Failure = builder.objectRef<FailureShape | SourceSilence>('Failure').implement({
  description: 'What went wrong, why, and what to do.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable name of this kind of failure, such as CONNECTION_TIMEOUT.' }),
    message: t.exposeString('message', { description: 'What happened, with host, port, column or SQLSTATE. One line.' }),
    rootCause: t.exposeString('rootCause', { description: 'Why this happens.' }),
    resolution: t.exposeString('resolution', { description: 'What to do next.' }),
    retryable: t.exposeBoolean('retryable', { description: 'Whether a new attempt may help by itself.' }),
    step: t.exposeString('step', { nullable: true, description: 'The step it happened in.' }),
    stream: t.exposeString('stream', { nullable: true, description: 'The stream it happened to.' }),
    reference: t.string({
      nullable: true,
      description: 'Of a defect of the platform (INTERNAL): names the place that failed, also in the worker’s log; null for all else.',
      resolve: ({ reference }) => reference ?? null,
    }),
    proposal: t.field({
      type: MappingProposal,
      nullable: true,
      description: 'Where the columns of the source have changed: the mapping that follows them. `applyMappingProposal` takes it over.',
      resolve: (failure) => ('proposal' in failure ? failure.proposal : null),
    }),
    trace: t.exposeString('trace', { nullable: true, description: 'The exception’s traceback, where there is one.' }),
  }),
})
