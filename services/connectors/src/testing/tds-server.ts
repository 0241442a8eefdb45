/**
 * Stands in for a SQL Server as far as the protocol goes: it signs anybody in, and answers with what the test says. It shows
 * what the driver does with a conversation, not that a SQL Server would hold that conversation. [MS-TDS].
 */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

type Value = string | number | boolean | Buffer | null
export type TdsAnswer =
  | { columns: Record<string, keyof typeof types>; rows: Iterable<readonly Value[]> }
  | { error: { number: number; message: string; severity?: number; line?: number } }
  | { tokens: Buffer }
  | 'done'
  /** The rest of the conversation does not come. */
  | 'silence'

export type TdsServer = {
  port: number
  /** Statements, and `<attention>` for each time that a client has ended one. */
  heard: string[]
  /** Bytes that have left for clients. */
  sent(): number
  /** Ends all connections at once. */
  cut(): void
  stop(): Promise<void>
}

const [batch, login, transaction, attention, prelogin] = [0x01, 0x10, 0x0e, 0x06, 0x12]
const answer = 0x04
const [headerSize, packetSize] = [8, 4_096]
const endOfMessage = 1

const packet = (payload: Buffer, last: boolean): Buffer => {
  const header = Buffer.from([answer, last ? endOfMessage : 0, 0, 0, 0, 0, 1, 0])
  header.writeUInt16BE(headerSize + payload.length, 2)
  return Buffer.concat([header, payload])
}

const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le')
const short = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8])
const long = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
const name = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), ucs2(text)])
const sized = (token: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([token]), short(body.length), body])

/** TYPE_INFO, and a value in a row. */
const types = {
  int: { info: [0x26, 4], write: (value: Value) => Buffer.concat([Buffer.from([4]), long(Number(value))]), absent: [0] },
  bigint: {
    info: [0x26, 8],
    write: (value: Value) => {
      const bytes = Buffer.alloc(9, 8)
      bytes.writeBigInt64LE(BigInt(String(value)), 1)
      return bytes
    },
    absent: [0],
  },
  bit: { info: [0x68, 1], write: (value: Value) => Buffer.from([1, value === true ? 1 : 0]), absent: [0] },
  float: {
    info: [0x6d, 8],
    write: (value: Value) => {
      const bytes = Buffer.alloc(9, 8)
      bytes.writeDoubleLE(Number(value), 1)
      return bytes
    },
    absent: [0],
  },
  // 8,000 bytes at most, a collation.
  nvarchar: {
    info: [0xe7, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34],
    write: (value: Value) => Buffer.concat([short(String(value).length * 2), ucs2(String(value))]),
    absent: [0xff, 0xff],
  },
  varbinary: {
    info: [0xa5, 0x40, 0x1f],
    write: (value: Value) => Buffer.concat([short((value as Buffer).length), value as Buffer]),
    absent: [0xff, 0xff],
  },
} as const

const doneToken = (status = 0): Buffer => Buffer.concat([Buffer.from([0xfd]), short(status), Buffer.alloc(10)])
const [doneError, doneAttention] = [0x02, 0x20]

const metadata = (columns: Record<string, keyof typeof types>): Buffer => {
  const described = Object.entries(columns).map(([column, type]) =>
    Buffer.concat([Buffer.from([0, 0, 0, 0, 9, 0, ...types[type].info]), name(column)]),
  )
  return Buffer.concat([Buffer.from([0x81]), short(described.length), ...described])
}

export const errorTokens = ({
  number,
  message,
  severity = 16,
  line = 1,
}: {
  number: number
  message: string
  severity?: number
  line?: number
}): Buffer =>
  Buffer.concat([
    sized(
      0xaa,
      Buffer.concat([long(number), Buffer.from([1, severity]), short(message.length), ucs2(message), name('test'), name(''), long(line)]),
    ),
    doneToken(doneError),
  ])

const loginAck = Buffer.concat([
  sized(0xad, Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), name('stand-in'), Buffer.from([16, 0, 0, 0])])),
  doneToken(),
])
const begun = Buffer.concat([sized(0xe3, Buffer.from([8, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0])), doneToken()])

/** Sends the client on, as gateways of Azure do. */
export const routing = (host: string, port: number): Buffer =>
  Buffer.concat([
    loginAck.subarray(0, loginAck.length - doneToken().length),
    sized(
      0xe3,
      Buffer.concat([
        Buffer.from([20]),
        short(5 + 2 * host.length),
        Buffer.from([0]),
        short(port),
        short(host.length),
        ucs2(host),
        short(0),
      ]),
    ),
    doneToken(),
  ])

/** ENCRYPTION: 0 off, 1 on, 2 not supported, 3 required. */
const preloginAnswer = (encryption: number): Buffer => Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, encryption])

/** Rows on demand, in pieces of about a packet. */
function* tokensOf(said: Exclude<TdsAnswer, 'silence'>): Generator<Buffer> {
  if (said === 'done') return yield doneToken()
  if ('error' in said) return yield errorTokens(said.error)
  if ('tokens' in said) return yield said.tokens
  const kinds = Object.values(said.columns)
  yield metadata(said.columns)
  for (const row of said.rows)
    yield Buffer.concat([
      Buffer.from([0xd1]),
      ...row.map((value, at) => {
        const type = types[kinds[at] ?? 'nvarchar']
        return value === null ? Buffer.from(type.absent) : type.write(value)
      }),
    ])
  yield doneToken()
}

export const startTdsServer = async (
  reply: (sql: string) => TdsAnswer,
  { encryption = 2, signIn = loginAck }: { encryption?: number; signIn?: Buffer } = {},
): Promise<TdsServer> => {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  let sent = 0

  const converse = async (socket: Socket): Promise<void> => {
    let cancelled = false
    const write = async (bytes: Buffer): Promise<void> => {
      sent += bytes.length
      if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
    }
    const tell = async (tokens: Iterable<Buffer>): Promise<void> => {
      let waiting = Buffer.alloc(0)
      for (const token of tokens) {
        if (cancelled || socket.destroyed) break
        waiting = Buffer.concat([waiting, token])
        for (; waiting.length > packetSize - headerSize; waiting = waiting.subarray(packetSize - headerSize))
          await write(packet(waiting.subarray(0, packetSize - headerSize), false))
      }
      if (!socket.destroyed) await write(packet(cancelled ? doneToken(doneError) : waiting, true))
    }
    const hear = async (type: number, payload: Buffer): Promise<void> => {
      cancelled = false
      if (type === prelogin) return tell([preloginAnswer(encryption)])
      if (type === login) return tell([signIn])
      if (type === transaction) return tell([begun])
      const sql = payload.subarray(payload.readUInt32LE(0)).toString('utf16le')
      heard.push(sql)
      const said = sql.startsWith('set ansi_nulls') ? 'done' : reply(sql)
      if (said !== 'silence') await tell(tokensOf(said))
    }
    let bytes = Buffer.alloc(0)
    let message = Buffer.alloc(0)
    let answering = Promise.resolve()
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data])
      while (bytes.length >= headerSize && bytes.length >= bytes.readUInt16BE(2)) {
        const [type = 0, status = 0] = bytes
        const size = bytes.readUInt16BE(2)
        message = Buffer.concat([message, bytes.subarray(headerSize, size)])
        bytes = bytes.subarray(size)
        if ((status & endOfMessage) === 0) continue
        const whole = message
        message = Buffer.alloc(0)
        if (type === attention) {
          heard.push('<attention>')
          cancelled = true
          answering = answering.then(() => write(packet(doneToken(doneAttention), true)))
        } else if ([batch, login, transaction, prelogin].includes(type)) answering = answering.then(() => hear(type, whole))
      }
    })
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    void converse(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    sent: () => sent,
    cut,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
