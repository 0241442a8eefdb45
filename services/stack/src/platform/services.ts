/** What runs under the supervisor, and the environment that each gets. */

import { join } from 'node:path'
import type { Child } from '../supervision/child.ts'
import { startConsole } from '../supervision/console-process.ts'
import type { LineSink } from '../supervision/lines.ts'
import { startService } from '../supervision/service-process.ts'
import type { Administrator } from './administrator.ts'

export const repository = join(import.meta.dirname, '..', '..', '..', '..')

export type ServicesInput = {
  /** What `npm start` was given; every service reads the settings that it knows. */
  inherited: NodeJS.ProcessEnv
  databaseUrl: string
  secretKey: string
  administrator: Pick<Administrator, 'email' | 'password' | 'token'>
  /** Where the API is reached from this machine. */
  apiUrl: string
  /** Of 127.0.0.1, for the console behind the API. */
  consolePort: number
  lines: (service: ServiceName) => LineSink
}

/** In the order in which they are stopped last to first. */
export const serviceNames = ['worker', 'scheduler', 'api', 'web'] as const
export type ServiceName = (typeof serviceNames)[number]

/** @returns for each service what starts it; `restarts` says how often it was started before */
export const serviceStarters = (input: ServicesInput): Record<ServiceName, (restarts: number) => Child> => {
  const { inherited, databaseUrl, secretKey, administrator, apiUrl, consolePort, lines } = input
  const common = { ...fewArenas, ...inherited, NODE_ENV: 'production', DATABASE_URL: databaseUrl, SECRET_KEY: secretKey }
  const service = (name: ServiceName, graceMs: number, env: NodeJS.ProcessEnv) =>
    startService({ module: join(repository, 'services', name, 'dist', 'main.js'), env, graceMs, lines: lines(name) })
  return {
    // It hands its runs over before it ends.
    worker: () => service('worker', 30_000, common),
    // It waits for what receivers of notifications answer.
    scheduler: () => service('scheduler', 15_000, common),
    api: (restarts) =>
      service('api', 10_000, {
        ...common,
        CONSOLE_URL: `http://127.0.0.1:${consolePort}`,
        ADMIN_EMAIL: administrator.email,
        ADMIN_TOKEN: administrator.token,
        // Only once: the administrator may have changed it since.
        ADMIN_PASSWORD: restarts === 0 ? (administrator.password ?? '') : '',
      }),
    web: () =>
      startConsole({
        next: join(repository, 'node_modules', 'next', 'dist', 'bin', 'next'),
        folder: join(repository, 'web'),
        port: consolePort,
        env: { ...withoutSecrets(inherited), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', API_URL: apiUrl },
        lines: lines('web'),
      }),
  }
}

/** With an arena of glibc's for every thread, buffers that were freed by one are no use to another: a worker takes a tenth more. */
const fewArenas = { MALLOC_ARENA_MAX: '2' }

const secrets = new Set(['DATABASE_URL', 'REDIS_URL', 'DESTINATION_URL', 'SECRET_KEY', 'SMTP_URL', 'ADMIN_PASSWORD', 'ADMIN_TOKEN'])

const withoutSecrets = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)))
