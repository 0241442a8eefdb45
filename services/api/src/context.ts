/** What resolvers are given: the process's services, and who asks. */

import type { Actor } from '@aiia/core/audit/audit'
import type { Logger } from '@aiia/kit/logger'
import type { SecretBox } from '@aiia/kit/secret-box'
import type { Messaging } from '@aiia/messaging/messaging'
import type { PrismaClient } from '@aiia/prisma/client'
import { auditActorOf, type Viewer } from './auth/viewer.ts'
import type { Background } from './background.ts'
import type { LogPages } from './live/log-tail.ts'
import type { RunHub } from './live/run-hub.ts'
import type { SourceAnswers } from './live/source-answers.ts'
import type { Subscriptions } from './live/subscriptions.ts'
import { type Batches, createBatches } from './schema/batches.ts'

/** Made once in `main.ts`. */
export type Services = {
  prisma: PrismaClient
  messaging: Messaging
  secretBox: SecretBox
  log: Logger
  hub: RunHub
  sourceAnswers: SourceAnswers
  subscriptions: Subscriptions
  logPages: LogPages
  background: Background
  /** Schema of the destination that streams fill. */
  destinationSchema: string
}

/** Who sends an operation, and from where. */
export type Caller = { viewer: Viewer | null /** Network address of the client. */; address: string }

export type Context = Services & {
  viewer: Viewer | null
  /** The same, as the audit log names them. */
  actor: Actor
  batches: Batches
}

/** One per operation; a subscription keeps its own for as long as it lasts. */
export const createContext = (services: Services, { viewer, address }: Caller): Context => ({
  ...services,
  viewer,
  actor: auditActorOf(viewer, address),
  batches: createBatches(services),
})
