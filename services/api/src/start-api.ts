/** Wires the API: connections first, then what stands on them, the front door last. Tests start it the same way. */

import type { Logger } from '@aiia/kit/logger'
import { createSecretBox } from '@aiia/kit/secret-box'
import { publicUrlOf } from '@aiia/kit/settings'
import { createMessaging, type Messaging } from '@aiia/messaging/messaging'
import { createPrisma, type PrismaClient } from '@aiia/prisma/client'
import { createAuthenticate } from './auth/authenticate.ts'
import { ensureAdministrator } from './auth/first-administrator.ts'
import { createPeople } from './auth/people.ts'
import { createSignInLimit } from './auth/sign-in-limit.ts'
import { createBackground } from './background.ts'
import { createPresentError } from './client-errors.ts'
import type { Services } from './context.ts'
import type { Settings } from './env.ts'
import { createConsoleProxy } from './http/console.ts'
import { openFrontDoor } from './http/front-door.ts'
import { createGraphQL } from './http/graphql.ts'
import { createGraphQLSocket } from './http/graphql-socket.ts'
import { createPeopleRoutes } from './http/people-routes.ts'
import { createRejectedRowsDownload } from './http/rejected-rows-download.ts'
import { createRunLogDownload } from './http/run-log-download.ts'
import { watchAccess } from './live/access-watch.ts'
import { createLogPages } from './live/log-tail.ts'
import { createRunHub } from './live/run-hub.ts'
import { createSourceAnswers } from './live/source-answers.ts'
import { createSubscriptions } from './live/subscriptions.ts'
import { createMetrics } from './metrics.ts'

/** Enough for a burst; each costs the database some megabytes. */
const databaseConnections = 10

export type RunningApi = { port: number; close(): Promise<void> }

export const startApi = async (settings: Settings, { log }: { log: Logger }): Promise<RunningApi> => {
  const prisma = createPrisma(settings.DATABASE_URL, databaseConnections)
  await ensureAdministrator(
    { prisma, log },
    { email: settings.ADMIN_EMAIL, password: settings.ADMIN_PASSWORD, token: settings.ADMIN_TOKEN },
  )
  const messaging = await createMessaging({ redisUrl: settings.REDIS_URL, databaseUrl: settings.DATABASE_URL, log })
  const services = await createServices(settings, { prisma, messaging, log })
  const watch = watchAccess(services)
  const door = await openDoor(settings, services)
  return {
    port: door.port,
    close: async () => {
      await door.close()
      watch.close()
      // A server that is gone already shall not keep the rest open.
      for (const part of [services.hub, services.sourceAnswers, services.background, messaging]) {
        await part.close().catch((err: unknown) => log.warn({ err }, 'did not close cleanly'))
      }
      await prisma.$disconnect()
    },
  }
}

const createServices = async (
  { SECRET_KEY, DESTINATION_SCHEMA, SUBSCRIPTIONS_PER_VIEWER }: Settings,
  { prisma, messaging, log }: { prisma: PrismaClient; messaging: Messaging; log: Logger },
): Promise<Services> => ({
  prisma,
  messaging,
  log,
  secretBox: createSecretBox(SECRET_KEY),
  hub: await createRunHub({ prisma, feed: messaging.feed, log }),
  logPages: createLogPages({ prisma }),
  sourceAnswers: await createSourceAnswers(messaging),
  subscriptions: createSubscriptions({ mostPerViewer: SUBSCRIPTIONS_PER_VIEWER }),
  background: createBackground({ log }),
  destinationSchema: DESTINATION_SCHEMA,
})

const openDoor = (settings: Settings, services: Services) => {
  const { prisma, log, messaging } = services
  const publicUrl = publicUrlOf(settings)
  const people = createPeople({ prisma, log, secretKey: settings.SECRET_KEY, publicUrl })
  const authenticate = createAuthenticate({ prisma, people })
  const presentError = createPresentError({ log })
  const metrics = createMetrics(services)
  const graphql = createGraphQL({ services, authenticate, presentError, metrics })
  return openFrontDoor({
    host: settings.HOST,
    port: settings.PORT,
    graphql,
    graphqlSocket: createGraphQLSocket({ graphql, authenticate, presentError, log, trustProxy: settings.TRUST_PROXY }),
    people: createPeopleRoutes({ people, prisma, limit: createSignInLimit({ prisma }), publicUrl, trustProxy: settings.TRUST_PROXY }),
    rejectedRows: createRejectedRowsDownload({ prisma, authenticate }),
    runLogs: createRunLogDownload({ prisma, authenticate }),
    health: {
      ready: async () => {
        await Promise.all([prisma.$queryRaw`SELECT 1`, messaging.ping()])
      },
      metrics: metrics.registry,
    },
    metrics,
    console: createConsoleProxy({ consoleUrl: settings.CONSOLE_URL, log }),
    trustProxy: settings.TRUST_PROXY,
    https: publicUrl.startsWith('https:'),
    log,
  })
}
