/** Connection Test: can a worker sign in at the source? */

import type { ConnectionReport } from '@aiia/core/sync/source'
import { parseConnection } from '../input/connection-input.ts'
import { askThroughWorker, SourceSilenceError } from '../source-question.ts'
import { builder } from './builder.ts'
import { ConnectionInput } from './connector-input.ts'
import { connectorToAsk } from './connector-to-ask.ts'
import { Failure } from './failure.ts'

type Test = {
  ok: boolean
  latencyMs: number | null
  serverVersion: string | null
  warnings: string[]
  failure: typeof Failure.$inferType | null
}

const ConnectionTest = builder.objectRef<Test>('ConnectionTest').implement({
  description: 'How a Connection Test went.',
  fields: (t) => ({
    ok: t.exposeBoolean('ok', { description: 'Whether a worker could sign in at the source.' }),
    latencyMs: t.exposeInt('latencyMs', { nullable: true, description: 'Time to connect and sign in.' }),
    serverVersion: t.exposeString('serverVersion', { nullable: true, description: 'What the source calls itself.' }),
    warnings: t.exposeStringList('warnings', {
      description: 'What works but should be looked at, such as a login with more rights than it needs.',
    }),
    failure: t.field({ type: Failure, nullable: true, description: 'Why it did not work.', resolve: ({ failure }) => failure }),
  }),
})

builder.mutationField('testConnection', (t) =>
  t.withAuth({ role: 'OPERATOR' }).field({
    type: ConnectionTest,
    description: 'Has a worker sign in at a source: that of a connector, or one that is not saved yet.',
    args: {
      id: t.arg.id({ description: 'A connector.' }),
      input: t.arg({ type: ConnectionInput, description: 'What differs from the connector, or the whole connection.' }),
    },
    resolve: async (_root, { id, input }, context): Promise<Test> => {
      const connection = parseConnection(context, await connectorToAsk(context, id), input ?? {})
      try {
        const answer = await askThroughWorker(context, { question: 'TEST', ...connection })
        return answer.ok ? passed(answer) : failed(answer.failure)
      } catch (error) {
        if (error instanceof SourceSilenceError) return failed(error.silence)
        throw error
      }
    },
  }),
)

const passed = (answer: { report: ConnectionReport } | object): Test => {
  if (!('report' in answer)) throw new Error('a Connection Test was answered with something else')
  return { ok: true, ...answer.report, failure: null }
}

const failed = (failure: Exclude<Test['failure'], null>): Test => ({
  ok: false,
  latencyMs: null,
  serverVersion: null,
  warnings: [],
  failure,
})
