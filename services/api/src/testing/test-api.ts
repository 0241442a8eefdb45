/** A real API on a free port with a database of its own, and its clients. */

import { randomBytes } from 'node:crypto'
import { createMessaging, type Messaging } from '@aiia/messaging/messaging'
import { createPrisma, type PrismaClient } from '@aiia/prisma/client'
import { freePort } from '@aiia/testkit/free-port'
import { platformDatabase } from '@aiia/testkit/platform-database'
import type { TestPostgres } from '@aiia/testkit/postgres'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Settings } from '../env.ts'
import { startApi } from '../start-api.ts'
import { recordLog } from './recorded-log.ts'

export type Answer = {
  data: Record<string, unknown> | null
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> & { code: string } }[]
}

export type TestApi = {
  url: string
  settings: Settings
  token: string
  /** The database that the API stands on. */
  prisma: PrismaClient
  /** As another process has it: a worker that tells of what it does. */
  messaging: Messaging
  logged(): string
  ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>
  /** As `ask`, for what is right: the data, or an error that says what was wrong. */
  get<T>(query: string, variables?: Record<string, unknown>): Promise<T>
  /** The administrator's session cookie. */
  signIn(): Promise<string>
  subscribe<T>(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): AsyncIterableIterator<{ data?: T | null; errors?: Answer['errors'] }>
  stop(): Promise<void>
}

export const startTestApi = async (postgres: TestPostgres, options: Partial<Settings> = {}): Promise<TestApi> => {
  const databaseUrl = await platformDatabase(postgres)
  const settings: Settings = {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: randomBytes(32),
    HOST: '127.0.0.1',
    PORT: await freePort(),
    TRUST_PROXY: false,
    DESTINATION_SCHEMA: 'destination',
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'correct horse battery',
    ADMIN_TOKEN: 'aiia_test_token_of_the_administrator',
    SUBSCRIPTIONS_PER_VIEWER: 2_000,
    ...options,
  }
  const recorded = recordLog()
  const api = await startApi(settings, { log: recorded.log })
  const prisma = createPrisma(databaseUrl, 4)
  const messaging = await createMessaging({ redisUrl: settings.REDIS_URL, databaseUrl, log: recorded.log })
  const url = `http://127.0.0.1:${api.port}`
  const token = settings.ADMIN_TOKEN ?? ''
  const authorized = { authorization: `Bearer ${token}` }
  const ask: TestApi['ask'] = async (query, variables = {}, headers = authorized) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
    return (await response.json()) as Answer
  }
  const sockets: { dispose(): void | Promise<void> }[] = []
  return {
    url,
    settings,
    token,
    prisma,
    messaging,
    logged: recorded.text,
    ask,
    get: async <T>(query: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await ask(query, variables)
      if (errors || !data) throw new Error(JSON.stringify(errors))
      return data as T
    },
    signIn: async () => {
      const response = await signIn(url, settings.ADMIN_EMAIL, settings.ADMIN_PASSWORD ?? '')
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
      return response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ')
    },
    subscribe: (query, variables = {}, headers = authorized) => {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        retryAttempts: 0,
        webSocketImpl: class extends WebSocket {
          constructor(address: string, protocols: string | string[]) {
            super(address, protocols, { headers })
          }
        },
      })
      sockets.push(client)
      return client.iterate({ query, variables }) as never
    },
    stop: async () => {
      for (const socket of sockets) await socket.dispose()
      await api.close()
      await messaging.close()
      await prisma.$disconnect()
    },
  }
}

export const signIn = (url: string, email: string, password: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify({ email, password }),
  })
