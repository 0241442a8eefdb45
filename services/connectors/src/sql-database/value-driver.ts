/** The driver of a kind whose database hands over values: how it signs in, looks around and reads, in the kind's own words. */

import type { SyncError } from '@aiia/core/failures/failure'
import type { ConnectionReport, ConnectorDriver, DiscoveredStream, Source, SourceAccess } from '@aiia/core/sync/source'
import { withTimeout } from '@aiia/kit/with-timeout'
import { type ErrorBook, toConnectError, toQueryError } from './error-book.ts'
import type { DatabaseSettings, DatabaseStreamSource } from './settings.ts'
import { createValueSource, type ValueSession, type ValueShape, type Writing } from './value-source.ts'

/** A signed-in session. */
export type DriverSession = Pick<ValueSession, 'read' | 'interrupt' | 'close'> & {
  serverVersion: string
  /** Begins the transaction of a run, and says in the log where it shows less than one moment. */
  begin(): Promise<void>
  /** Whether each extract shows one moment. */
  showsOneMoment: boolean
  describe(source: DatabaseStreamSource): Promise<ValueShape>
  discover(): Promise<DiscoveredStream[]>
  /** Whether the user may write at the source. */
  mayWrite(): Promise<boolean>
}

export type ValueKind<Settings> = {
  kind: string
  settings: { parse(settings: unknown): Settings }
  /** Where it connects to, without secrets. */
  printAddress(settings: Settings): string
  errorBook: ErrorBook
  writing: Writing
  /** @param deadline for all of it: the name's lookup, every address that is tried, and the sign-in */
  signIn(access: SourceAccess, settings: Settings, deadline: AbortSignal): Promise<DriverSession>
  /** What the driver has words of its own for; null: the book knows. */
  toSignInError(error: unknown, settings: Settings, timeoutMs: number): SyncError | null
}

type ServerSettings = Pick<DatabaseSettings, 'host' | 'port' | 'user' | 'statementTimeoutSeconds'>

export const valueDriver = <Settings extends ServerSettings>(own: ValueKind<Settings>): ConnectorDriver => {
  const { kind, errorBook, writing } = own

  const withSession = async <T>(access: SourceAccess, work: (session: DriverSession) => Promise<T>): Promise<T> => {
    const settings = own.settings.parse(access.settings)
    const session = await connect(own, access, settings)
    try {
      return await work(session)
    } catch (error) {
      throw toQueryError(errorBook, error, { settings, place: { step: 'DISCOVER' }, what: 'the catalogue' })
    } finally {
      await session.close()
    }
  }

  const test = async (access: SourceAccess): Promise<ConnectionReport> => {
    const started = performance.now()
    return withSession(access, async ({ serverVersion, mayWrite }) => {
      const latencyMs = Math.round(performance.now() - started)
      // Who may not look that up is not warned; the sign-in has worked.
      const writes = await mayWrite().catch(() => false)
      const warnings = writes ? ['This user may write at the source. Use one that may only read what is synced.'] : []
      return { latencyMs, serverVersion, warnings }
    })
  }

  const open = async (access: SourceAccess): Promise<Source> => {
    const settings = own.settings.parse(access.settings)
    const session = await connect(own, access, settings)
    try {
      await session.begin()
    } catch (error) {
      await session.close()
      throw toConnectError(errorBook, error, settings, access.connectTimeoutMs)
    }
    const { showsOneMoment, describe, read, interrupt, close } = session
    const limitSeconds = settings.statementTimeoutSeconds
    const translate: ValueSession['translate'] = (error, { step, stream: { name }, sql }) =>
      toQueryError(errorBook, error, {
        settings,
        place: { step, stream: name },
        what: `stream "${name}"`,
        ...(sql !== undefined && { sql }),
      })
    return createValueSource({ writing, showsOneMoment, limitSeconds, describe, read, interrupt, translate, close }, access)
  }

  return { kind, test, discover: (access) => withSession(access, ({ discover }) => discover()), open }
}

/** @throws SyncError; the reason of `access.signal` when that was aborted */
const connect = async <Settings extends ServerSettings>(
  { printAddress, signIn, toSignInError, errorBook }: ValueKind<Settings>,
  access: SourceAccess,
  settings: Settings,
): Promise<DriverSession> => {
  const { connectTimeoutMs, log, signal } = access
  log('INFO', `Connecting to ${printAddress(settings)}...`)
  const started = performance.now()
  try {
    const session = await signIn(access, settings, withTimeout(signal, connectTimeoutMs))
    log('INFO', `Connected in ${Math.round(performance.now() - started)} ms: ${session.serverVersion}.`)
    return session
  } catch (error) {
    signal.throwIfAborted()
    throw toSignInError(error, settings, connectTimeoutMs) ?? toConnectError(errorBook, error, settings, connectTimeoutMs)
  }
}
