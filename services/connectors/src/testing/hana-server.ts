/**
 * Stands in for a HANA database as far as the protocol goes: it signs anybody in, and answers with what the test says. It
 * shows what the driver does with a conversation, not that HANA would hold that conversation. SAP HANA SQL Command Network
 * Protocol Reference.
 */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

type Value = string | number | bigint | Buffer | null
export type HanaAnswer =
  | { columns: Record<string, keyof typeof types>; rows: Iterable<readonly Value[]> }
  | { error: { code: number; message: string } }
  | 'done'
  /** The answer does not come. */
  | 'silence'

export type HanaServer = {
  port: number
  /** Statements that were run or prepared. */
  heard: string[]
  /** Answers with rows that were fetched, the first of a query not among them. */
  fetches(): number
  cut(): void
  stop(): Promise<void>
}

const [packetHeader, segmentHeader, partHeader] = [32, 24, 16]
const [executeDirect, prepare, readLob, authenticate, connect, fetchNext, dbConnectInfo] = [2, 3, 16, 65, 66, 71, 82]
const part = {
  command: 3,
  resultSet: 5,
  error: 6,
  statement: 10,
  resultSetId: 13,
  lob: 18,
  authentication: 33,
  options: 42,
  metadata: 48,
  info: 67,
}
const [replyKind, errorKind] = [2, 5]
const [selectCode, ddlCode, connectCode, fetchCode] = [5, 1, 14, 10]
const lastPacket = 1

const int16 = (value: number): Buffer => Buffer.from(Int16Array.of(value).buffer)
const int32 = (value: number): Buffer => Buffer.from(Int32Array.of(value).buffer)
const int64 = (value: bigint | number): Buffer => Buffer.from(BigInt64Array.of(BigInt(value)).buffer)
const aligned = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)])
const sized = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes.length < 246 ? Buffer.from([bytes.length]) : Buffer.concat([Buffer.from([0xf6]), int16(bytes.length)]), bytes])

/** Two surrogates of three bytes each for what lies beyond U+FFFF. */
const cesu8 = (text: string): Buffer =>
  Buffer.concat(
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).map((unit) =>
      unit < 0x80
        ? Buffer.from([unit])
        : unit < 0x800
          ? Buffer.from([0xc0 | (unit >> 6), 0x80 | (unit & 0x3f)])
          : Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]),
    ),
  )

/** Keeps what is left of a large object, and returns the eight bytes by which it is asked for. */
type Keep = (rest: Buffer) => Buffer

/** A large object whose second half has to be asked for. */
const halved = (kind: number, length: number, bytes: Buffer, keep: Keep): Buffer => {
  const first = bytes.subarray(0, Math.floor(bytes.length / 2))
  const locator = keep(bytes.subarray(first.length))
  return Buffer.concat([Buffer.from([kind, 2, 0, 0]), int64(length), int64(bytes.length), locator, int32(first.length), first])
}

type Type = { code: number; fraction: number; absent: readonly number[]; write(value: NonNullable<Value>, keep: Keep): Buffer }

const types = {
  BIGINT: { code: 4, fraction: 0, absent: [0], write: (value) => Buffer.concat([Buffer.from([1]), int64(BigInt(String(value)))]) },
  NVARCHAR: { code: 11, fraction: 0, absent: [0xff], write: (value) => sized(cesu8(String(value))) },
  BOOLEAN: { code: 28, fraction: 0, absent: [1], write: (value) => Buffer.from([value === 0 ? 0 : 2]) },
  NCLOB: { code: 26, fraction: 0, absent: [0, 1], write: (value, keep) => halved(3, String(value).length, cesu8(String(value)), keep) },
  BLOB: { code: 27, fraction: 0, absent: [0, 1], write: (value, keep) => halved(1, (value as Buffer).length, value as Buffer, keep) },
  // Only described.
  'DECIMAL(18,2)': { code: 5, fraction: 2, absent: [], write: () => Buffer.alloc(0) },
  'TIMESTAMP(27)': { code: 61, fraction: 0, absent: [], write: () => Buffer.alloc(0) },
} as const satisfies Record<string, Type>

const metadata = (columns: Record<string, keyof typeof types>): Buffer => {
  const names = Object.keys(columns)
  let at = 0
  const fixed = Object.entries(columns).map(([name, type]) => {
    const { code, fraction } = types[type]
    const place = at
    at += 1 + Buffer.byteLength(name)
    return Buffer.concat([
      Buffer.from([2, code]),
      int16(fraction),
      int16(Number(/\((\d+)/.exec(type)?.[1] ?? 20)),
      int16(0),
      int32(-1),
      int32(-1),
      int32(place),
      int32(place),
    ])
  })
  return Buffer.concat([...fixed, ...names.map((name) => Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name)]))])
}

type Part = { kind: number; bytes: Buffer; count?: number; attributes?: number }

const packet = (functionCode: number, parts: Part[], kind = replyKind): Buffer => {
  const written = Buffer.concat(
    parts.map(({ kind: of, bytes, count = 1, attributes = 0 }) =>
      Buffer.concat([Buffer.from([of, attributes]), int16(count), int32(0), int32(bytes.length), int32(0), aligned(bytes)]),
    ),
  )
  const segment = Buffer.concat([
    int32(segmentHeader + written.length),
    int32(0),
    int16(parts.length),
    int16(1),
    Buffer.from([kind, 0]),
    int16(functionCode),
    Buffer.alloc(8),
    written,
  ])
  return Buffer.concat([
    int64(1),
    int32(0),
    int32(segment.length),
    int32(segment.length),
    int16(1),
    Buffer.alloc(packetHeader - 22),
    segment,
  ])
}

const fields = (...values: Buffer[]): Buffer => Buffer.concat([int16(values.length), ...values.map(sized)])

const failure = ({ code, message }: { code: number; message: string }): Buffer =>
  packet(
    0,
    [
      {
        kind: part.error,
        bytes: Buffer.concat([
          int32(code),
          int32(0),
          int32(Buffer.byteLength(message)),
          Buffer.from([1]),
          Buffer.from('HY000'),
          Buffer.from(message),
        ]),
      },
    ],
    errorKind,
  )

/** The connection's number, as an option. */
const connectionId = Buffer.concat([Buffer.from([1, 3]), int32(4711)])

/** Sends the driver on to a tenant. Option 2: host, 3: port, 4: it is here. */
const tenantAt = (port: number | null): Part => {
  const here = Buffer.from([4, 28, port === null ? 1 : 0])
  const host = Buffer.from('127.0.0.1')
  const there =
    port === null
      ? []
      : [Buffer.concat([Buffer.from([2, 29]), int16(host.length), host]), Buffer.concat([Buffer.from([3, 3]), int32(port)])]
  return { kind: part.info, bytes: Buffer.concat([here, ...there]), count: 1 + there.length }
}

export const startHanaServer = async (
  reply: (sql: string) => HanaAnswer,
  { refusal, tenant = null }: { refusal?: { code: number; message: string }; tenant?: number | null } = {},
): Promise<HanaServer> => {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  let fetched = 0

  const converse = (socket: Socket): void => {
    const objects = new Map<string, Buffer>()
    const keep: Keep = (rest) => {
      const locator = int64(objects.size + 1)
      objects.set(locator.toString('hex'), rest)
      return locator
    }
    let rows: Iterator<readonly Value[]> | undefined
    let kinds: (keyof typeof types)[] = []
    const write = (value: Value, at: number): Buffer => {
      const type: Type = types[kinds[at] ?? 'NVARCHAR']
      return value === null ? Buffer.from(type.absent) : type.write(value, keep)
    }
    const rowsPart = (most: number): Part => {
      const taken: Buffer[] = []
      let done = false
      while (taken.length < most && !done) {
        const next = rows?.next()
        if (next === undefined || next.done === true) done = true
        else taken.push(Buffer.concat(next.value.map(write)))
      }
      return { kind: part.resultSet, bytes: Buffer.concat(taken), count: taken.length, attributes: done ? lastPacket : 0 }
    }
    const answerTo = (type: number, command: string, locator: string): Buffer | undefined => {
      switch (type) {
        case authenticate:
          return packet(0, [
            { kind: part.authentication, bytes: fields(Buffer.from('SCRAMSHA256'), fields(Buffer.alloc(16, 1), Buffer.alloc(48, 2))) },
          ])
        case connect:
          if (refusal !== undefined) return failure(refusal)
          return packet(connectCode, [
            { kind: part.authentication, bytes: fields(Buffer.from('SCRAMSHA256'), Buffer.alloc(0)) },
            { kind: part.options, bytes: connectionId },
          ])
        case dbConnectInfo:
          return packet(0, [tenantAt(tenant)])
        case executeDirect:
        case prepare: {
          heard.push(command)
          const said = reply(command)
          if (said === 'silence') return undefined
          if (said === 'done') return packet(ddlCode, [])
          if ('error' in said) return failure(said.error)
          const described = { kind: part.metadata, bytes: metadata(said.columns), count: Object.keys(said.columns).length }
          if (type === prepare) return packet(selectCode, [{ kind: part.statement, bytes: int64(9) }, described])
          kinds = Object.values(said.columns)
          rows = said.rows[Symbol.iterator]()
          return packet(selectCode, [described, { kind: part.resultSetId, bytes: int64(7) }, rowsPart(32)])
        }
        case fetchNext:
          fetched += 1
          return packet(fetchCode, [rowsPart(1_024)])
        case readLob: {
          const rest = objects.get(locator) ?? Buffer.alloc(0)
          return packet(0, [
            {
              kind: part.lob,
              bytes: Buffer.concat([Buffer.from(locator, 'hex'), Buffer.from([6]), int32(rest.length), Buffer.alloc(3), rest]),
            },
          ])
        }
        default:
          return packet(0, [])
      }
    }
    let bytes = Buffer.alloc(0)
    let begun = false
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data])
      if (!begun && bytes.length >= 14) {
        begun = true
        bytes = bytes.subarray(14)
        socket.write(Buffer.from([4, 20, 0, 4, 1, 0, 0, 0]))
      }
      while (begun && bytes.length >= packetHeader && bytes.length >= packetHeader + bytes.readUInt32LE(12)) {
        const segment = bytes.subarray(packetHeader, packetHeader + bytes.readUInt32LE(12))
        bytes = bytes.subarray(packetHeader + segment.length)
        const first = segment.subarray(segmentHeader)
        const body = first.length < partHeader ? Buffer.alloc(0) : first.subarray(partHeader, partHeader + first.readInt32LE(8))
        const answer = answerTo(segment[13] ?? 0, first[0] === part.command ? body.toString() : '', body.toString('hex', 0, 8))
        if (answer !== undefined) socket.write(answer)
      }
    })
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    converse(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    fetches: () => fetched,
    cut,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
