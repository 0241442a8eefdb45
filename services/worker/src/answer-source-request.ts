/** Answers a Connection Test or a discovery: a question of the API that only a worker can ask of a source. */

import { connectorDrivers } from '@aiia/connectors/drivers'
import { SyncError, toFailure } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import type { SecretBox } from '@aiia/kit/secret-box'
import { createTargetPolicy } from '@aiia/kit/target-policy'
import type { Feed } from '@aiia/messaging/feed'
import type { StoreContext } from '@aiia/store/context'
import { answerSourceRequest, type SourceAnswer, type SourceQuestion, takeSourceRequest } from '@aiia/store/source-requests'
import { refusePlatformDatabase } from './refused-databases.ts'

export type QuestionContext = StoreContext & {
  feed: Feed
  secretBox: SecretBox
  targets: { allow: string[]; deny: string[] }
  refusedDatabases: string[]
  /** Aborted when the worker stops. */
  signal: AbortSignal
}

/** Beyond this a discovery is given up, whatever the source does. */
const patienceMs = 60_000

export const answerQuestion = async (context: QuestionContext, id: string): Promise<void> => {
  const question = await takeSourceRequest(context, id)
  if (question === null) return
  await answerSourceRequest(context, id, await ask(context, question))
  await context.feed.publish('source-request', { id })
}

const ask = async (
  context: QuestionContext,
  { id, question, kind, settings, credentials, connectTimeoutSeconds }: SourceQuestion,
): Promise<SourceAnswer> => {
  try {
    const driver = connectorDrivers.get(kind)
    if (driver === undefined) throw new SyncError('PROTOCOL_ERROR', `This worker has no driver for the kind "${kind}".`)
    refusePlatformDatabase(settings, context.refusedDatabases)
    const access: SourceAccess = {
      settings,
      credentials: credentials === null ? null : context.secretBox.open(credentials, `source-request:${id}`),
      connectTimeoutMs: connectTimeoutSeconds * 1_000,
      targets: createTargetPolicy(context.targets),
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(connectTimeoutSeconds * 1_000 + patienceMs)]),
      log: () => {},
    }
    return question === 'TEST' ? { ok: true, report: await driver.test(access) } : { ok: true, streams: await driver.discover(access) }
  } catch (error) {
    // The trace helps in a run's log; here the message and the remedy are what counts.
    return { ok: false, failure: { ...toFailure(error, { step: 'CONNECT' }), trace: null } }
  }
}
