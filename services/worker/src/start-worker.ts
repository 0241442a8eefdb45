/** Wires a worker: connections, consumers, leases, heartbeat, and a stop that hands runs over. */

import { hostname } from 'node:os'
import { startHealthServer } from '@aiia/kit/health'
import type { Logger } from '@aiia/kit/logger'
import { createSecretBox } from '@aiia/kit/secret-box'
import type { RunningService } from '@aiia/kit/service'
import { createTargetPolicy } from '@aiia/kit/target-policy'
import { createMessaging } from '@aiia/messaging/messaging'
import { createPrisma } from '@aiia/prisma/client'
import { heartbeat, removeWorker } from '@aiia/store/workers'
import { Registry } from 'prom-client'
import { answerQuestion } from './answer-source-request.ts'
import { startDestinationSweep } from './destination-sweep.ts'
import type { WorkerSettings } from './env.ts'
import { type Execution, type ExecutionContext, executeRun, newWorkerId } from './execute-run.ts'
import { startLeaseKeeper } from './lease-keeper.ts'
import { placeOfUrl } from './refused-databases.ts'

const version = '1.0.0-beta'
const heartbeatEveryMs = 5_000
/** Runs that end within this time after a stop was asked for end here; the others are handed over. */
const graceMs = 20_000
const questionsAtOnce = 4

export const startWorker = async (settings: WorkerSettings, log: Logger): Promise<RunningService> => {
  const { DATABASE_URL: databaseUrl, WORKER_CONCURRENCY: slots } = settings
  const runsPerSourceHost = settings.RUNS_PER_SOURCE_HOST || null
  const targets = { allow: settings.ALLOW_TARGETS, deny: settings.DENY_TARGETS }
  // Checked once here, so that a wrong network is named at start and not in a run.
  createTargetPolicy(targets)
  const prisma = createPrisma(databaseUrl, slots + 4)
  const messaging = await createMessaging({ redisUrl: settings.REDIS_URL, databaseUrl, log })
  const { feed } = messaging
  const id = newWorkerId(hostname())
  const executions = new Map<string, Execution>()
  const leases = startLeaseKeeper({ databaseUrl, logLevel: log.level })
  const refusedDatabases = settings.ALLOW_PLATFORM_DATABASE_AS_SOURCE ? [] : [placeOfUrl(databaseUrl)]
  const secretBox = createSecretBox(settings.SECRET_KEY)
  const destination = { url: settings.DESTINATION_URL ?? databaseUrl, schema: settings.DESTINATION_SCHEMA }
  const hashSalt = secretBox.derive('hashes of columns')
  const destinationSweep = startDestinationSweep({ prisma, log }, destination)
  const context: ExecutionContext = {
    prisma,
    log,
    messaging,
    runsPerSourceHost,
    secretBox,
    leases,
    worker: id,
    executions,
    destinationSweep,
    thread: { databaseUrl, destination, hashSalt, targets, refusedDatabases },
  }
  const stopping = new AbortController()

  const beat = () =>
    heartbeat({ prisma }, { id, host: hostname(), pid: process.pid, version, slots, busy: executions.size, runsPerSourceHost })
  await beat()
  const pulse = setInterval(() => {
    beat().catch((error: unknown) => log.warn({ err: error }, 'heartbeat not written'))
  }, heartbeatEveryMs)
  const unsubscribe = await feed.subscribe('cancel', ({ id: runId }) => executions.get(runId)?.lose())
  const runs = await messaging.consume('runs', { concurrency: slots }, async (delivery) => {
    await executeRun(context, delivery)
    await beat()
  })
  const questions = await messaging.consume('source-requests', { concurrency: questionsAtOnce }, ({ id: request }) =>
    answerQuestion(
      { prisma, feed, secretBox, targets, refusedDatabases, destinationUrl: destination.url, hashSalt, signal: stopping.signal },
      request,
    ),
  )
  const ready = async () => {
    await prisma.$queryRaw`SELECT 1`
    await messaging.ping()
  }
  const health = await startHealthServer({ port: settings.HEALTH_PORT, ready, metrics: new Registry() })

  return {
    close: async () => {
      await Promise.all([runs.pause(), questions.pause()])
      stopping.abort()
      const handOver = setTimeout(() => {
        for (const execution of executions.values()) execution.handOver()
      }, graceMs)
      await Promise.all([...executions.values()].map(({ ended }) => ended.catch(() => {})))
      clearTimeout(handOver)
      clearInterval(pulse)
      await leases.close()
      await destinationSweep.stop()
      await unsubscribe()
      await health?.close()
      await messaging.close()
      await removeWorker({ prisma }, id)
      await prisma.$disconnect()
    },
  }
}
