/** Questions to sources that a worker answers: Connection Test, discovery and preview. */

import type { Failure } from '@aiia/core/failures/failure'
import { toStorable } from '@aiia/core/job-run/log-line'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { StreamPreview } from '@aiia/core/sync/preview'
import type { ConnectionReport, DiscoveredStream } from '@aiia/core/sync/source'
import type { Prisma } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'
import { orNull } from './stored-streams.ts'

export type SourceQuestion = {
  id: string
  kind: string
  settings: unknown
  /** Sealed with the context `source-request:<id>`. */
  credentials: Uint8Array | null
  connectTimeoutSeconds: number
} & AskedOfSource

export type AskedOfSource = { question: 'TEST' | 'DISCOVER' } | { question: 'PREVIEW'; stream: StreamConfiguration }

export type SourceAnswer =
  | { ok: true; report: ConnectionReport }
  | { ok: true; streams: DiscoveredStream[] }
  | { ok: true; preview: StreamPreview }
  | { ok: false; failure: Failure }

export const askSource = async ({ prisma }: StoreContext, asked: SourceQuestion): Promise<void> => {
  const { id, question, kind, settings, credentials, connectTimeoutSeconds } = asked
  await prisma.sourceRequest.create({
    data: {
      id,
      question,
      kind,
      settings: settings as Prisma.InputJsonValue,
      credentials: credentials && Uint8Array.from(credentials),
      connectTimeoutSeconds,
      stream: orNull(asked.question === 'PREVIEW' ? asked.stream : null),
    },
  })
}

/** @returns null when it is answered already or was swept */
export const takeSourceRequest = async ({ prisma }: StoreContext, id: string): Promise<SourceQuestion | null> => {
  const found = await prisma.sourceRequest.findFirst({
    where: { id, answeredAt: null },
    omit: { answer: true, answeredAt: true, createdAt: true },
  })
  if (found === null) return null
  const { question, stream, ...about } = found
  if (question === 'PREVIEW') return { ...about, question, stream: stream as unknown as StreamConfiguration }
  return { ...about, question: question === 'TEST' ? 'TEST' : 'DISCOVER' }
}

/** The first answer stays; the secret goes with it. */
export const answerSourceRequest = async ({ prisma }: StoreContext, id: string, answer: SourceAnswer): Promise<void> => {
  await prisma.sourceRequest.updateMany({
    where: { id, answeredAt: null },
    data: { answer: storable(answer), answeredAt: new Date(), credentials: null },
  })
}

/** A source may answer with texts that Postgres does not hold. */
const storable = (answer: SourceAnswer): Prisma.InputJsonObject =>
  JSON.parse(
    JSON.stringify(answer, (_name, value: unknown) => (typeof value === 'string' ? toStorable(value) : value)),
  ) as Prisma.InputJsonObject

/** @returns null while there is no answer */
export const readAnswer = async ({ prisma }: StoreContext, id: string): Promise<SourceAnswer | null> => {
  const found = await prisma.sourceRequest.findUnique({ where: { id }, select: { answer: true } })
  return (found?.answer ?? null) as SourceAnswer | null
}

/** Answers are read within seconds; what is older is litter, and may hold a sealed secret. */
export const removeOldSourceRequests = async ({ prisma }: StoreContext): Promise<number> =>
  prisma.$executeRaw`DELETE FROM platform.source_requests WHERE created_at < now() - interval '10 minutes'`
