/** The Postgres of the embedded default: its data, port and passwords stay in the data folder, and it is kept running. */

import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { DataDir } from '../data-dir/data-dir.ts'
import { type EmbeddedPostgres, launchPostgres } from '../embedded-postgres/launch.ts'
import { backoffMs } from '../supervision/supervise.ts'

export type EmbeddedServer = {
  port: number
  /** The superuser's address of a database. */
  adminUrl: (database: string) => string
  /** The same for another role, whose password is made when it is first asked for. */
  url: (database: string, role: string) => string
  password: (role: string) => string
  stop: () => Promise<void>
}

const access = z.object({ port: z.number().optional(), passwords: z.record(z.string(), z.string()) })

const folder = 'postgres'
const file = 'postgres.json'

/** @param say gets one line when the server ended unasked, and when it is back */
export const startEmbeddedServer = async (dataDir: DataDir, say: (line: string) => void): Promise<EmbeddedServer> => {
  const known = access.parse(JSON.parse(dataDir.read(file) ?? '{"passwords":{}}'))
  const save = () => dataDir.write(file, `${JSON.stringify(known)}\n`)
  const password = (role: string): string => {
    const kept = known.passwords[role]
    if (kept !== undefined) return kept
    const made = randomBytes(18).toString('base64url')
    known.passwords[role] = made
    save()
    return made
  }
  const launch = () => launchPostgres({ dataDir: dataDir.path(folder), password: password('postgres'), port: known.port, durable: true })
  const first = await launch()
  if (known.port !== first.port) {
    known.port = first.port
    save()
  }
  return {
    port: first.port,
    adminUrl: first.url,
    url: (database, role) => `postgresql://${role}:${password(role)}@127.0.0.1:${first.port}/${database}`,
    password,
    stop: keepRunning(first, launch, (line) => say(`Postgres ${line}`)),
  }
}

/** @returns what stops it for good */
const keepRunning = (
  first: EmbeddedPostgres,
  launch: () => Promise<EmbeddedPostgres>,
  say: (line: string) => void,
): (() => Promise<void>) => {
  let server = first
  let stopping = false
  let restarting: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  const restart = async (failures: number): Promise<void> => {
    try {
      server = await launch()
    } catch (error) {
      later(`does not start: ${error instanceof Error ? error.message : String(error)}`, failures + 1)
      return
    }
    say('is back.')
    watch()
  }
  const later = (why: string, failures: number) => {
    if (stopping) return
    const waitMs = backoffMs(failures)
    say(`${why}. It is started again in ${waitMs / 1000} s.`)
    timer = setTimeout(() => {
      restarting = restart(failures)
    }, waitMs)
  }
  const watch = () => void server.exited.then((code) => later(`ended with code ${code}`, 1))
  watch()
  return async () => {
    stopping = true
    clearTimeout(timer)
    await restarting
    await server.stop()
  }
}
