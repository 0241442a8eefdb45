/** Signs in: every address of the host is checked, one that was checked is connected to, and its host key is looked at first. */

import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { withTimeout } from '@aiia/kit/with-timeout'
import ssh2, { type Client, type SFTPWrapper, type Stats } from 'ssh2'
import { connectToAny } from '../network/addresses.ts'
import { addressOf, credentialsSchema, type SftpSettings, settingsSchema } from './config.ts'
import { type Done, watchConnection } from './connection.ts'
import { type Heard, toConnectError, toRequestError } from './errors.ts'
import { distrustOf, fingerprintOf, waysToSignIn } from './sign-in.ts'

export type SftpSession = {
  sftp: SFTPWrapper
  /** As it names itself, such as `OpenSSH_9.2p1`. */
  serverVersion: string
  hostKey: string
  /** The folder of the settings, as the server resolves it. */
  root: string
  /** Aborted when the connection is gone. */
  ended: AbortSignal
  /** @param what is asked for, such as `the folder "in"`; named when it fails, which it does with SyncError */
  ask<T>(what: string, request: (done: Done<T>) => void): Promise<T>
  /** What went wrong with `what`; the reason of `access.signal` when that was aborted. */
  explain(error: unknown, what: string): Error
  close(): Promise<void>
}

/**
 * The connect timeout covers all of it: the name's lookup, every address that is tried, and the sign-in.
 *
 * @param trustsFirst a server is signed in to whose key is not pinned
 * @throws SyncError; the reason of `access.signal` when that was aborted
 */
export const connect = async (access: SourceAccess, { trustsFirst = false } = {}): Promise<SftpSession> => {
  const given = settingsSchema.parse(access.settings)
  const settings = { ...given, acceptAnyHostKey: given.acceptAnyHostKey || trustsFirst }
  const { connectTimeoutMs: timeoutMs, log, signal } = access
  log('INFO', `Connecting to ${addressOf(settings)}...`)
  const started = performance.now()
  const deadline = withTimeout(signal, timeoutMs)
  const heard: Heard = { greeting: Buffer.alloc(0), offered: [] }
  let socket: Socket | undefined
  try {
    socket = await connectToAny(settings, { access, deadline }, (address, patienceMs) =>
      openSocket(address, settings.port, withTimeout(deadline, patienceMs)),
    )
    const session = await openSession(socket, { access, settings, deadline, heard })
    log('INFO', `Connected in ${Math.round(performance.now() - started)} ms: ${session.serverVersion}, host key ${session.hostKey}.`)
    return session
  } catch (error) {
    socket?.destroy()
    signal.throwIfAborted()
    throw toConnectError(error, settings, { timeoutMs, heard })
  }
}

const openSocket = async (address: string, port: number, deadline: AbortSignal): Promise<Socket> => {
  const socket = connectSocket({ host: address, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 })
  try {
    await once(socket, 'connect', { signal: deadline })
    return socket
  } catch (error) {
    socket.destroy()
    deadline.throwIfAborted()
    throw error
  }
}

type SignIn = {
  access: SourceAccess
  settings: SftpSettings
  deadline: AbortSignal
  /** Is filled. */
  heard: Heard
}

const openSession = async (socket: Socket, given: SignIn): Promise<SftpSession> => {
  const { access, settings, deadline } = given
  const { signal, connectTimeoutMs } = access
  const client = new ssh2.Client()
  const connection = watchConnection(client, socket)
  const { ended, end } = connection
  const expire = (): void => end(deadline.reason)
  deadline.addEventListener('abort', expire, { signal: ended })
  signal.addEventListener('abort', () => end(signal.reason), { signal: ended })
  const explain = (error: unknown, what: string): Error =>
    signal.aborted ? signal.reason : toRequestError(error, { settings, timeoutMs: connectTimeoutMs, what })
  const ask = <T>(what: string, request: (done: Done<T>) => void): Promise<T> =>
    connection.ask(request).catch((error) => {
      throw explain(error, what)
    })
  const server = await connection.ask<Server>((done) => signIn({ client, socket, end }, given, done))
  const sftp = await ask<SFTPWrapper>('the SFTP service', (done) => client.sftp(done))
  const root = await resolveRoot(sftp, ask, settings.folder)
  deadline.removeEventListener('abort', expire)
  return { ...server, sftp, root, ended, ask, explain, close: async () => connection.close() }
}

type Server = { serverVersion: string; hostKey: string }

type Line = { client: Client; socket: Socket; end(reason: unknown): void }

const signIn = ({ client, socket, end }: Line, { access, settings, heard }: SignIn, done: Done<Server>): void => {
  const credentials = credentialsSchema.parse(access.credentials ?? {})
  const { password, privateKey, passphrase } = credentials
  const server: Server = { serverVersion: '', hostKey: '' }
  client.once('ready', () => done(null, server))
  client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password ?? '')))
  client.connect({
    sock: socket,
    username: settings.user,
    ...(password !== undefined && { password, tryKeyboard: true }),
    ...(privateKey !== undefined && { privateKey: `${privateKey.trim()}\n`, ...(passphrase !== undefined && { passphrase }) }),
    authHandler: waysToSignIn(credentials, (ways) => (heard.offered = ways)),
    hostVerifier: (key: Buffer) => {
      server.hostKey = fingerprintOf(key)
      const distrust = distrustOf(key, settings)
      if (distrust !== null) end(distrust)
      return distrust === null
    },
    // The deadline is ours.
    readyTimeout: 0,
    // A server that falls silent is given up after three times what it is given to accept a connection.
    keepaliveInterval: access.connectTimeoutMs,
    keepaliveCountMax: 2,
  })
  // The first words of a server are its name.
  socket.once('data', (words) => {
    heard.greeting = words
    server.serverVersion = /^SSH-[\d.]+-(\S+)/m.exec(words.toString('latin1'))?.[1] ?? ''
  })
}

const resolveRoot = async (sftp: SFTPWrapper, ask: SftpSession['ask'], folder: string): Promise<string> => {
  const what = folder === '' ? 'the folder of the sign-in' : `the folder "${folder}"`
  const root = await ask<string>(what, (done) => sftp.realpath(folder === '' ? '.' : folder, done))
  const found = await ask<Stats>(what, (done) => sftp.stat(root, done))
  if (!found.isDirectory()) throw new SyncError('INVALID_FILE', `"${folder}" is no folder. Correct the folder in the settings.`)
  return root
}
