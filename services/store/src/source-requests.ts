/** Questions to sources that a worker answers: Connection Test and discovery. */

import type { Failure } from '@aiia/core/failures/failure'
import type { ConnectionReport, DiscoveredStream } from '@aiia/core/sync/source'
import type { Prisma } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'

export type SourceQuestion = {
  id: string
  question: 'TEST' | 'DISCOVER'
  kind: string
  settings: unknown
  /** Sealed with the context `source-request:<id>`. */
  credentials: Uint8Array | null
  connectTimeoutSeconds: number
}

export type SourceAnswer =
  | { ok: true; report: ConnectionReport }
  | { ok: true; streams: DiscoveredStream[] }
  | { ok: false; failure: Failure }

export const askSource = async ({ prisma }: StoreContext, { credentials, settings, ...question }: SourceQuestion): Promise<void> => {
  await prisma.sourceRequest.create({
    data: { ...question, settings: settings as Prisma.InputJsonValue, credentials: credentials && Uint8Array.from(credentials) },
  })
}

/** @returns null when it is answered already or was swept */
export const takeSourceRequest = async ({ prisma }: StoreContext, id: string): Promise<SourceQuestion | null> => {
  const found = await prisma.sourceRequest.findFirst({
    where: { id, answeredAt: null },
    omit: { answer: true, answeredAt: true, createdAt: true },
  })
  return found === null ? null : { ...found, question: found.question === 'TEST' ? 'TEST' : 'DISCOVER' }
}

/** The first answer stays; the secret goes with it. */
export const answerSourceRequest = async ({ prisma }: StoreContext, id: string, answer: SourceAnswer): Promise<void> => {
  await prisma.sourceRequest.updateMany({
    where: { id, answeredAt: null },
    data: { answer: answer as unknown as Prisma.InputJsonObject, answeredAt: new Date(), credentials: null },
  })
}

/** @returns null while there is no answer */
export const readAnswer = async ({ prisma }: StoreContext, id: string): Promise<SourceAnswer | null> => {
  const found = await prisma.sourceRequest.findUnique({ where: { id }, select: { answer: true } })
  return (found?.answer ?? null) as SourceAnswer | null
}

/** Answers are read within seconds; what is older is litter, and may hold a sealed secret. */
export const removeOldSourceRequests = async ({ prisma }: StoreContext): Promise<number> =>
  prisma.$executeRaw`DELETE FROM platform.source_requests WHERE created_at < now() - interval '10 minutes'`
