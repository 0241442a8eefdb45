/** What befalls a platform under load in a soak: each begins, lasts a while, and is over when its promise resolves. */

import { setTimeout as wait } from 'node:timers/promises'
import { ApiError } from '@aiia/stack/platform/graphql'
import type { PlatformProcess } from '@aiia/testkit/platform-process'
import type { TcpProxy } from '@aiia/testkit/tcp-proxy'
import type { Load } from './load.ts'
import type { Random } from './random.ts'
import { askRedis } from './redis.ts'
import type { Stage } from './stage.ts'

/** Moments of one cycle of a soak. */
export type Scene = { stage: Stage; load: Load; random: Random }

export type Disturbance = { name: string; make(scene: Scene): Promise<unknown> }

const seconds = (random: Random, low: number, high: number): Promise<void> => wait(random.between(low, high) * 1_000)

const processOf = ({ platform }: Stage, name: string): PlatformProcess => {
  const found = platform.processes[name]
  if (found === undefined) throw new Error(`This platform has no ${name}.`)
  return found
}

/** Only the second of its kind: the first shall grow old. */
const ended = (name: string, signal: 'SIGKILL' | 'SIGTERM', forSeconds: number): Disturbance => ({
  name: `${name} ${signal}`,
  make: async ({ stage, random }) => {
    const process = processOf(stage, name)
    await process.kill(signal)
    await seconds(random, 0, forSeconds)
    await process.restart()
  },
})

const frozen = (name: string, forSeconds: number): Disturbance => ({
  name: `${name} SIGSTOP ${forSeconds} s`,
  make: async ({ stage }) => {
    const process = processOf(stage, name)
    await process.kill('SIGSTOP')
    await wait(forSeconds * 1_000)
    await process.kill('SIGCONT')
  },
})

type Way = (stage: Stage) => TcpProxy | undefined

const onTheWay = (to: string, way: Way): Disturbance[] => [
  { name: `${to} cut`, make: async ({ stage }) => way(stage)?.cut() },
  { name: `${to} reset`, make: async ({ stage }) => way(stage)?.reset() },
  {
    name: `${to} silent`,
    make: async ({ stage, random }) => {
      way(stage)?.blackHole()
      await seconds(random, 1, 12)
      await way(stage)?.heal()
    },
  },
  {
    name: `${to} refuses`,
    make: async ({ stage, random }) => {
      await way(stage)?.refuse()
      await seconds(random, 1, 8)
      await way(stage)?.heal()
    },
  },
]

const redisOf = ({ platform: { redis } }: Stage) => {
  if (redis === undefined) throw new Error('This platform has no Redis.')
  return redis
}

const ofRedis: Disturbance[] = [
  ...onTheWay('way to Redis', ({ platform }) => platform.proxies.redis),
  { name: 'Redis FLUSHALL', make: ({ stage }) => askRedis(redisOf(stage).port, 'FLUSHALL') },
  {
    name: 'Redis killed, back empty',
    make: async ({ stage, random }) => {
      await redisOf(stage).kill()
      await seconds(random, 0, 8)
      await redisOf(stage).restart()
    },
  },
]

const databaseKilled: Disturbance = {
  name: 'Postgres killed',
  make: async ({ stage: { platform }, random }) => {
    await platform.postgres.kill()
    await seconds(random, 0, 5)
    await platform.postgres.restart()
  },
}

const cancelled: Disturbance = {
  name: 'cancel',
  make: async ({ stage, load, random }) => {
    const newest = load.newest()
    if (newest.length === 0) return
    const id = random.pick(newest)
    await stage.platform.graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id }).catch(unlessRefused)
  },
}

/** The run may have ended meanwhile. */
const unlessRefused = (error: unknown): void => {
  if (!(error instanceof ApiError)) throw error
}

const renamed: Disturbance = {
  name: 'connector renamed',
  make: async ({ stage, random }) => {
    const { connector, table } = random.pick(stage.feeds.slice(1))
    await stage.platform.graphql('mutation ($id: ID!, $name: String) { updateConnector(id: $id, input: { name: $name }) { id } }', {
      id: connector,
      name: `${table}, renamed ${Math.floor(random() * 2 ** 31)}`,
    })
  },
}

const columnRenamed: Disturbance = {
  name: 'column renamed, and back',
  make: async ({ stage, random }) => {
    const { table } = random.pick(stage.feeds.slice(1))
    await stage.source.query(`ALTER TABLE ${table} RENAME COLUMN words TO sentences`)
    await seconds(random, 1, 5)
    await stage.source.query(`ALTER TABLE ${table} RENAME COLUMN sentences TO words`)
  },
}

export const disturbances: readonly Disturbance[] = [
  ended('worker2', 'SIGKILL', 8),
  ended('worker2', 'SIGTERM', 3),
  frozen('worker2', 15),
  frozen('worker', 3),
  ended('scheduler2', 'SIGKILL', 5),
  ...onTheWay('way to the source', ({ way }) => way),
  ...onTheWay('way to Postgres', ({ platform }) => platform.proxies.postgres),
  databaseKilled,
  cancelled,
  renamed,
  columnRenamed,
]

export const disturbancesOfRedis = ofRedis

export const apiKilled: Disturbance = ended('api', 'SIGKILL', 3)
