/** The start, step by step: data folder, databases, migrations, services, sample. */

import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { type DataDir, openDataDir } from '../data-dir/data-dir.ts'
import { lockDataDir } from '../data-dir/lock.ts'
import type { StackSettings } from '../env.ts'
import { freePort, portFault } from '../free-port.ts'
import { demoConnectorName, ensureDemoConnectors } from '../sample/demo-connectors.ts'
import { createSapErp, sapErp } from '../sample/sap-erp-database.ts'
import { StartError } from '../start-error.ts'
import { serviceLog } from '../supervision/service-log.ts'
import { supervise } from '../supervision/supervise.ts'
import type { Teardown } from '../teardown.ts'
import { type Administrator, findAdministrator } from './administrator.ts'
import { ensurePlatformDatabase, migratePlatformDatabase } from './database.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { createAskApi } from './graphql.ts'
import { type ServiceName, serviceNames, serviceStarters } from './services.ts'

export type StartContext = {
  settings: StackSettings
  /** What the services inherit. */
  inherited: NodeJS.ProcessEnv
  teardown: Teardown
  /** Aborted when the start is to be given up. */
  stopped: AbortSignal
  say: (line: string) => void
}

export type Started = { address: string; administrator: Administrator; demo: string | undefined }

/** @throws StartError, PostgresError, EndedAtStart: each says what is in the way; the teardown then stops what runs */
export const start = async (context: StartContext): Promise<Started> => {
  const { settings, teardown, stopped, say } = context
  await checkPort(settings)
  const dataDir = openDataDir(resolve(settings.DATA_DIR))
  teardown.add(lockDataDir(resolve(settings.DATA_DIR)))
  const secretKey = findSecretKey(settings, dataDir)
  const administrator = findAdministrator(dataDir, {
    email: settings.ADMIN_EMAIL,
    password: settings.ADMIN_PASSWORD,
    token: settings.ADMIN_TOKEN,
  })
  const { databaseUrl, sample } = await startDatabase(context, dataDir)
  stopped.throwIfAborted()
  await migratePlatformDatabase(databaseUrl)
  stopped.throwIfAborted()
  const sampleMade = sample && makeSample(context, sample)
  const address = `http://${hostOf(settings.HOST, 'localhost')}:${settings.PORT}`
  const apiUrl = `http://${hostOf(settings.HOST, '127.0.0.1')}:${settings.PORT}`
  say('Starting api, worker, scheduler and console …')
  await Promise.all([startServices(context, { databaseUrl, secretKey, administrator, apiUrl }), sampleMade])
  stopped.throwIfAborted()
  if (sample) {
    const access = { port: sample.port, password: sample.password(sapErp.reader) }
    await ensureDemoConnectors(createAskApi(apiUrl, administrator.token), dataDir, access).catch((error: Error) => {
      if (!stopped.aborted) say(`The demo connectors could not be made: ${error.message}`)
    })
  }
  return { address, administrator, demo: sample && demoConnectorName }
}

const checkPort = async ({ HOST, PORT }: StackSettings): Promise<void> => {
  const fault = await portFault(PORT, HOST)
  if (fault === undefined) return
  if (fault === 'EADDRINUSE') {
    throw new StartError(`PORT ${PORT} is taken by another program. Stop that one, or set another port: PORT=${PORT + 1} npm start`)
  }
  if (fault === 'EACCES') throw new StartError(`PORT ${PORT} needs more rights than this user has. Set one above 1023.`)
  throw new StartError(`HOST ${HOST} is no address of this machine to listen on (${fault}). 127.0.0.1 is: this machine only.`)
}

const findSecretKey = ({ SECRET_KEY, DATABASE_URL }: StackSettings, dataDir: DataDir): string => {
  if (SECRET_KEY) return SECRET_KEY.toString('base64')
  if (DATABASE_URL) {
    throw new StartError(
      'SECRET_KEY is not set. With a DATABASE_URL of your own it must be: 32 bytes in base64 that you keep, such as `openssl rand -base64 32` makes.',
    )
  }
  return dataDir.keep('secret-key', () => randomBytes(32).toString('base64'))
}

/** @returns also the server that holds the sample, where there is to be one */
const startDatabase = async ({ settings, teardown, say }: StartContext, dataDir: DataDir) => {
  if (settings.DATABASE_URL) return { databaseUrl: settings.DATABASE_URL, sample: undefined }
  say('Starting Postgres …')
  const server = await startEmbeddedServer(dataDir, say)
  teardown.add(server.stop)
  return { databaseUrl: await ensurePlatformDatabase(server), sample: settings.DEMO ? server : undefined }
}

/** A stop ends the server under it, which is then no fault. */
const makeSample = async ({ stopped, say }: StartContext, sample: EmbeddedServer): Promise<void> => {
  try {
    await createSapErp(sample.adminUrl, sample.password(sapErp.reader), () => say('Making the sample data (once) …'))
  } catch (error) {
    if (!stopped.aborted) throw error
  }
}

const startServices = async (
  { settings, inherited, teardown, say }: StartContext,
  input: { databaseUrl: string; secretKey: string; administrator: Administrator; apiUrl: string },
): Promise<void> => {
  const all = settings.LOG_LEVEL === 'debug'
  const starters = serviceStarters({ ...input, inherited, consolePort: await freePort(), lines: (name) => serviceLog(name, all, say) })
  const waiting = new Set<ServiceName>(serviceNames)
  const slow = setInterval(() => say(`Still waiting for ${[...waiting].join(', ')} …`), 20_000)
  try {
    await Promise.all(
      serviceNames.map(async (name) => {
        const supervised = supervise({ name: name === 'web' ? 'console' : name, start: starters[name], say })
        teardown.add(supervised.stop)
        await supervised.ready
        waiting.delete(name)
      }),
    )
  } finally {
    clearInterval(slow)
  }
}

/** A name for the address bar or a client, where it listens on all interfaces or on the loopback. */
const hostOf = (host: string, loopback: string): string => {
  if (['127.0.0.1', '0.0.0.0', '::', 'localhost'].includes(host)) return loopback
  return host.includes(':') ? `[${host}]` : host
}
