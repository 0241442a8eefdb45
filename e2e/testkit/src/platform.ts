/** The whole platform for a test: its built services as real processes, on databases and ports of their own. */

import { randomBytes } from 'node:crypto'
import { freePort } from '@aiia/stack/free-port'
import { type AskApi, createAskApi } from '@aiia/stack/platform/graphql'
import { type ServiceName, serviceStarters } from '@aiia/stack/platform/services'
import { buildServices } from './build.ts'
import { dumpDatabase, dumpRedis } from './dump.ts'
import { platformDatabase } from './platform-database.ts'
import { type PlatformProcess, startProcess } from './platform-process.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { createSubscriber, type Subscribe } from './subscriber.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

export type PlatformOptions = {
  /** What carries queue and feed. */
  backend: 'postgres' | 'redis'
  /** 1 unless given. */
  workers?: number
  /** 1 unless given. */
  schedulers?: number
  /** With the console; it has to be built. */
  web?: boolean
  /** Further settings of all services. */
  env?: Record<string, string>
  /** Shared, and not stopped with the platform. */
  postgres?: TestPostgres
  /** Its services reach their servers through `proxies`. */
  proxied?: boolean
  /** Of postgresql.conf, by name. */
  postgresSettings?: Record<string, string>
  /** Of redis.conf, by name. */
  redisSettings?: Record<string, string>
}

export type Platform = {
  url: string
  email: string
  password: string
  token: string
  databaseUrl: string
  /** The platform's own database unless `env` says otherwise. */
  destinationUrl: string
  postgres: TestPostgres
  redis: TestRedis | undefined
  /** On the way of the services to their servers, where they were asked for; the urls above go past them. */
  proxies: { postgres?: TcpProxy; redis?: TcpProxy }
  /** `worker`, `worker2` …, `scheduler`, `scheduler2` …, `api`, `web`. */
  processes: Record<string, PlatformProcess> & Record<Exclude<ServiceName, 'web'>, PlatformProcess>
  /** As administrator; throws ApiError, which has the GraphQL `errors`. */
  graphql: AskApi
  /** As administrator, over WebSocket; throws ApiError. */
  subscribe: Subscribe
  /** Every row of the platform's database as JSON and, on Redis, every key with its value: to search them. */
  dump: () => Promise<{ rows: string[] }>
  stop: () => Promise<void>
}

export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { backend, web = false, env = {}, proxied = false, postgresSettings = {}, redisSettings = {} } = options
  await buildServices(web)
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let step = stops.pop(); step; step = stops.pop()) await step()
  }
  try {
    const postgres = options.postgres ?? (await startPostgres({ settings: postgresSettings }))
    if (!options.postgres) stops.push(() => postgres.stop())
    const redis = backend === 'redis' ? await startRedis({ settings: redisSettings }) : undefined
    if (redis) stops.push(() => redis.stop())
    const databaseUrl = await platformDatabase(postgres)
    const url = `http://127.0.0.1:${await freePort()}`
    const administrator = {
      email: 'admin@example.com',
      password: 'correct horse battery',
      token: `test_${randomBytes(24).toString('hex')}`,
    }
    const proxies = proxied ? await startProxies({ postgres, redis }, stops) : {}
    const redisUrl = redis ? through(proxies.redis, redis.url) : ''
    const inherited = { ...process.env, ...unset, LOG_LEVEL: 'debug', PORT: new URL(url).port, REDIS_URL: redisUrl, ...env }
    const environment = { inherited, databaseUrl: through(proxies.postgres, databaseUrl), administrator, apiUrl: url }
    const processes = await startProcesses(options, environment, stops)
    const subscriber = createSubscriber(url, administrator.token)
    stops.push(() => subscriber.close())
    return {
      url,
      ...administrator,
      databaseUrl,
      destinationUrl: env['DESTINATION_URL'] ?? databaseUrl,
      postgres,
      redis,
      proxies,
      processes,
      stop,
      graphql: createAskApi(url, administrator.token),
      subscribe: subscriber.subscribe,
      dump: async () => ({ rows: [...(await dumpDatabase(databaseUrl)), ...(redis ? await dumpRedis(redis.port) : [])] }),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const startProxies = async ({ postgres, redis }: Pick<Platform, 'postgres' | 'redis'>, stops: (() => Promise<void>)[]) => {
  const proxies: Platform['proxies'] = { postgres: await startTcpProxy(postgres.port) }
  if (redis) proxies.redis = await startTcpProxy(redis.port)
  for (const proxy of Object.values(proxies)) stops.push(() => proxy.stop())
  return proxies
}

const through = (proxy: TcpProxy | undefined, address: string): string => {
  const url = new URL(address)
  if (proxy) url.port = String(proxy.port)
  return url.href
}

// What the shell of the person who runs the tests happens to set is none of our business.
const unset = Object.fromEntries(
  [
    'HOST',
    'DESTINATION_URL',
    'DESTINATION_SCHEMA',
    'PUBLIC_URL',
    'SMTP_URL',
    'SMTP_FROM',
    'HEALTH_PORT',
    'ALLOW_TARGETS',
    'DENY_TARGETS',
    'WORKER_CONCURRENCY',
    'RUNS_PER_SOURCE_HOST',
  ].map((name) => [name, '']),
)

type Environment = Pick<Parameters<typeof serviceStarters>[0], 'inherited' | 'databaseUrl' | 'administrator' | 'apiUrl'>

const startProcesses = async (
  { workers = 1, schedulers = 1, web = false }: PlatformOptions,
  environment: Environment,
  stops: (() => Promise<void>)[],
): Promise<Platform['processes']> => {
  const secretKey = randomBytes(32).toString('base64')
  const consolePort = await freePort()
  const launch = async ([name, service]: readonly [string, ServiceName]) => {
    const started = await startProcess(name, (lines) =>
      serviceStarters({ ...environment, secretKey, consolePort, lines: () => lines })[service](0),
    )
    stops.push(started.stop)
    return [name, started] as const
  }
  const many = (service: ServiceName, count: number) =>
    Array.from({ length: count }, (_, index) => [index === 0 ? service : `${service}${index + 1}`, service] as const)
  const names = [...many('api', 1), ...many('scheduler', schedulers), ...many('worker', workers), ...many('web', web ? 1 : 0)]
  return Object.fromEntries(await Promise.all(names.map(launch))) as Platform['processes']
}
