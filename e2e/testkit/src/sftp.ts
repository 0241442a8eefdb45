/** A real SFTP server of a test's own: serves a temporary folder to a user with a password or a key. */

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type AuthContext, type AuthenticationType, type ParsedKey } from 'ssh2'
import { OpenHandles, serveFolder } from './sftp-folder.ts'

export type TestSftp = {
  port: number
  /** What clients see as `/`; tests write their files into it. */
  folder: string
  user: string
  password: string
  /** Two keys of the user, as OpenSSH writes them; the second one is opened by its passphrase. */
  privateKey: string
  encryptedKey: { privateKey: string; passphrase: string }
  /** `SHA256:…`, as OpenSSH prints it. */
  hostKey: string
  /** The file or folder may not be read from now on. */
  forbid(path: string): void
  /** Files and folders that clients have open. */
  readonly handles: number
  /** Resolves when clients have nothing open any more. */
  untilClosed(): Promise<void>
  /** Of files, that were sent so far. */
  readonly bytesSent: number
  /** Connections that clients hold open. */
  readonly connections: number
  /** Resolves when no client is connected any more. */
  untilLeft(): Promise<void>
  stop(): Promise<void>
}

export type SftpOptions = {
  /** How users may prove who they are. */
  methods?: AuthenticationType[]
  /** Bytes of one answer at most, which may be fewer than were asked for. */
  longestRead?: number
}

export const startSftp = async ({ methods = ['password', 'publickey'], longestRead = 1 << 18 }: SftpOptions = {}): Promise<TestSftp> => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-test-sftp-'))
  const passphrase = 'of-the-tests'
  const [host, own, encrypted] = [keyPair(), keyPair(), keyPair({ passphrase, cipher: 'aes256-ctr', rounds: 1 })]
  const account: Account = {
    user: 'reader',
    password: 'reader-password',
    keys: [own, encrypted].map((pair) => parsed(pair.public)),
    methods,
  }
  const forbidden = new Set<string>()
  const open = new OpenHandles()
  const ssh = new ssh2.Server({ hostKeys: [host.private] }, (client) => {
    client.on('error', () => {})
    client.on('authentication', (context) => authenticate(context, account))
    client.on('session', (accept) => {
      accept().on('sftp', (accept) => serveFolder(accept(), { folder, forbidden, longestRead, open }))
    })
  })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    ssh.injectSocket(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    folder,
    user: account.user,
    password: account.password,
    privateKey: own.private,
    encryptedKey: { privateKey: encrypted.private, passphrase },
    hostKey: fingerprintOf(parsed(host.public)),
    forbid: (path) => void forbidden.add(path),
    get handles() {
      return open.size
    },
    untilClosed: async () => {
      while (open.size > 0) await once(open, 'close')
    },
    get bytesSent() {
      return open.bytesSent
    },
    get connections() {
      return sockets.size
    },
    untilLeft: async () => {
      while (sockets.size > 0) await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    },
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Account = { user: string; password: string; keys: ParsedKey[]; methods: AuthenticationType[] }

const authenticate = (context: AuthContext, { user, password, keys, methods }: Account): void => {
  const decide = (accepted: boolean): void =>
    accepted && context.username === user && methods.includes(context.method) ? context.accept() : context.reject(methods)
  if (context.method === 'password') return decide(context.password === password)
  if (context.method === 'publickey') return decide(keys.some((key) => isSignedBy(key, context)))
  if (context.method === 'keyboard-interactive' && methods.includes('keyboard-interactive')) {
    context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => decide(answers[0] === password))
    return
  }
  decide(false)
}

type KeyContext = Extract<AuthContext, { method: 'publickey' }>

/** A client may ask first whether a key would do, without a signature. */
const isSignedBy = (key: ParsedKey, { key: { data }, blob, signature, hashAlgo }: KeyContext): boolean =>
  key.getPublicSSH().equals(data) && (signature === undefined || blob === undefined || key.verify(blob, signature, hashAlgo) === true)

type Protection = { passphrase: string; cipher: string; rounds: number }

/** One in hundreds that ssh2 makes lacks a byte. */
const keyPair = (protection?: Protection): { private: string; public: string } => {
  const pair = ssh2.utils.generateKeyPairSync('ed25519', protection ?? {})
  return ssh2.utils.parseKey(pair.private, protection?.passphrase) instanceof Error ? keyPair(protection) : pair
}

const parsed = (key: string): ParsedKey => {
  const found = ssh2.utils.parseKey(key)
  if (found instanceof Error) throw found
  return found
}

const fingerprintOf = (key: ParsedKey): string =>
  `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`
