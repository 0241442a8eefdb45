/** Answers a Connection Test, a discovery or a preview: a question of the API that only a worker can ask of a source. */

import { connectorDrivers } from '@aiia/connectors/drivers'
import { SyncError, toFailure } from '@aiia/core/failures/failure'
import type { PreviewRow } from '@aiia/core/sync/preview'
import type { ConnectorDriver, SourceAccess } from '@aiia/core/sync/source'
import { previewRows } from '@aiia/engine/mapping/preview'
import type { SecretBox } from '@aiia/kit/secret-box'
import { createTargetPolicy } from '@aiia/kit/target-policy'
import { withTimeout } from '@aiia/kit/with-timeout'
import type { Feed } from '@aiia/messaging/feed'
import type { StoreContext } from '@aiia/store/context'
import { answerSourceRequest, type SourceAnswer, type SourceQuestion, takeSourceRequest } from '@aiia/store/source-requests'
import { refusePlatformDatabase } from './refused-databases.ts'

export type QuestionContext = StoreContext & {
  feed: Feed
  secretBox: SecretBox
  targets: { allow: string[]; deny: string[] }
  refusedDatabases: string[]
  /** What a preview shows is what it would store. */
  destinationUrl: string
  hashSalt: Buffer
  /** Aborted when the worker stops. */
  signal: AbortSignal
}

/** Beyond this a question is given up, whatever the source does. */
const patienceMs = 60_000

const previewedRows = 20
const longestText = 1_000

export const answerQuestion = async (context: QuestionContext, id: string): Promise<void> => {
  const question = await takeSourceRequest(context, id)
  if (question === null) return
  await answerSourceRequest(context, id, await ask(context, question))
  await context.feed.publish('source-request', { id })
}

const ask = async (context: QuestionContext, asked: SourceQuestion): Promise<SourceAnswer> => {
  const { id, kind, settings, credentials, connectTimeoutSeconds } = asked
  try {
    const driver = connectorDrivers.get(kind)
    if (driver === undefined) throw new SyncError('PROTOCOL_ERROR', `This worker has no driver for the kind "${kind}".`)
    refusePlatformDatabase(settings, context.refusedDatabases)
    const access: SourceAccess = {
      settings,
      credentials: credentials === null ? null : context.secretBox.open(credentials, `source-request:${id}`),
      connectTimeoutMs: connectTimeoutSeconds * 1_000,
      targets: createTargetPolicy(context.targets),
      signal: withTimeout(context.signal, connectTimeoutSeconds * 1_000 + patienceMs),
      log: () => {},
    }
    return await answerOf(context, asked, driver, access)
  } catch (error) {
    // The trace helps in a run's log; here the message and the remedy are what counts.
    return { ok: false, failure: { ...toFailure(error, { step: 'CONNECT' }), trace: null } }
  }
}

const answerOf = async (
  { destinationUrl, hashSalt }: QuestionContext,
  asked: SourceQuestion,
  driver: ConnectorDriver,
  access: SourceAccess,
): Promise<SourceAnswer> => {
  switch (asked.question) {
    case 'TEST':
      return { ok: true, report: await driver.test(access) }
    case 'DISCOVER':
      return { ok: true, streams: await driver.discover(access) }
    case 'PREVIEW': {
      const source = await driver.open(access)
      try {
        const preview = await previewRows(source, asked.stream, { rows: previewedRows, destinationUrl, hashSalt })
        return { ok: true, preview: { ...preview, rows: preview.rows.map(shortened) } }
      } finally {
        await source.close()
      }
    }
  }
}

/** A value may be of megabytes; its beginning says what it is. */
const shortened = ({ before, after, rejected }: PreviewRow): PreviewRow => ({
  before: before.map(shortText),
  after: after?.map(shortText) ?? null,
  rejected,
})

const shortText = (text: string | null): string | null =>
  text !== null && text.length > longestText ? `${text.slice(0, longestText).toWellFormed()}…` : text
