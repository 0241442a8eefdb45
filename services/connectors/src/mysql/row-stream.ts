/**
 * The rows of one query, from the socket's packets to a writer of rows. Packets of the client/server protocol, text
 * result sets: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html
 */

import type { Socket } from 'node:net'
import type { CopyChunk, RowWriter } from '@aiia/core/sync/source'
import type { Connection } from 'mysql2'
import { ConnectionLostError, ServerError } from './errors.ts'

const headerSize = 4
/** A payload of this size goes on in the next packet. */
const fullPayload = 0xff_ff_ff
const queryCommand = 0x03
const [nullValue, twoBytes, threeBytes, eightBytes] = [0xfb, 0xfc, 0xfd, 0xfe]
const [endMarker, errorMarker] = [0xfe, 0xff]
/** Pieces that wait to be taken before the socket is paused. */
const mostWaiting = 4

/** What the driver's types leave out; as of mysql2 3.24. */
const socketOf = (connection: Connection): Socket => (connection as unknown as { stream: Socket }).stream

/** Tells of a value that stands for none, such as `0000-00-00`. */
export type IsAbsent = (source: Buffer, from: number) => boolean

export type RowReading = {
  rows: RowWriter
  /** For each column of the query. */
  absences: readonly (IsAbsent | null)[]
}

/**
 * Runs one query. Leaving the iteration early leaves the connection in the middle of it: it must be killed then.
 *
 * @throws ServerError when the server refuses or breaks off, ConnectionLostError when the connection ends
 */
export async function* readRows(connection: Connection, sql: string, reading: RowReading): AsyncGenerator<CopyChunk, void, void> {
  const socket = socketOf(connection)
  if (socket.destroyed) throw new ConnectionLostError('The connection had ended before the query began.')
  const waiting: CopyChunk[] = []
  let failure: Error | undefined
  let done = false
  let wake = (): void => {}
  const drivers = socket.listeners('data') as ((data: Buffer) => void)[]
  const result = createResultReader(reading, (piece) => waiting.push(piece))
  const take = createPacketWalker((buffer, from, to) => {
    if (!done) done = result(buffer, from, to)
  })
  const onData = (data: Buffer): void => {
    try {
      if (failure === undefined) take(data)
    } catch (error) {
      failure = error as Error
    }
    if (waiting.length >= mostWaiting) socket.pause()
    wake()
  }
  const lost = (): void => {
    failure ??= new ConnectionLostError('The connection ended in the middle of a result.')
    wake()
  }
  for (const listener of drivers) socket.off('data', listener)
  socket.on('data', onData)
  socket.once('close', lost)
  try {
    socket.write(queryPacket(sql))
    for (;;) {
      const piece = waiting.shift()
      if (piece !== undefined) {
        if (waiting.length < mostWaiting) socket.resume()
        yield piece
      } else if (failure !== undefined) throw failure
      else if (done) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    socket.off('close', lost)
    socket.off('data', onData)
    for (const listener of drivers) socket.on('data', listener)
    socket.resume()
  }
}

const queryPacket = (sql: string): Buffer => {
  const text = Buffer.from(sql)
  const packet = Buffer.alloc(headerSize + 1 + text.length)
  if (text.length + 1 >= fullPayload) throw new Error('The SQL is too long for one packet.')
  packet.writeUIntLE(text.length + 1, 0, 3)
  packet[headerSize] = queryCommand
  text.copy(packet, headerSize + 1)
  return packet
}

/** Finds packets in what the socket brings; a payload is in one piece when it is handed on. */
export const createPacketWalker = (payload: (buffer: Buffer, from: number, to: number) => void): ((data: Buffer) => void) => {
  /** The beginning of a packet whose end is still to come. */
  let parts: Buffer[] = []
  let [have, need] = [0, headerSize]
  /** Payloads that the next packet goes on with. */
  let begun: Buffer[] = []
  const hand = (buffer: Buffer, from: number, to: number): void => {
    if (to - from === fullPayload) begun.push(Buffer.from(buffer.subarray(from, to)))
    else if (begun.length === 0) payload(buffer, from, to)
    else {
      const whole = Buffer.concat([...begun, buffer.subarray(from, to)])
      begun = []
      payload(whole, 0, whole.length)
    }
  }
  return (data) => {
    parts.push(data)
    have += data.length
    if (have < need) return
    const buffer = parts.length === 1 ? data : Buffer.concat(parts)
    let at = 0
    for (;;) {
      need = headerSize
      if (buffer.length - at < need) break
      need += buffer.readUIntLE(at, 3)
      if (buffer.length - at < need) break
      hand(buffer, at + headerSize, at + need)
      at += need
    }
    parts = at < buffer.length ? [buffer.subarray(at)] : []
    have = buffer.length - at
  }
}

/** ER_MALFORMED_PACKET. */
const malformedPacket = 1835

const protocolError = (what: string): ServerError => new ServerError(what, malformedPacket)

/** @returns a reader of payloads, true for the last */
const createResultReader = (
  { rows, absences }: RowReading,
  emit: (piece: CopyChunk) => void,
): ((buffer: Buffer, from: number, to: number) => boolean) => {
  /** Descriptions of columns that are still to come; null: not even their number is known. */
  let columns: number | null = null
  let inRows = false

  const readRow = (buffer: Buffer, from: number, to: number): void => {
    let at = from
    for (let column = 0; column < absences.length; column += 1) {
      const first = buffer[at] ?? 0
      at += 1
      if (first === nullValue) continue
      let size = first
      if (first === twoBytes) {
        size = buffer.readUInt16LE(at)
        at += 2
      } else if (first === threeBytes) {
        size = buffer.readUIntLE(at, 3)
        at += 3
      } else if (first === eightBytes) {
        size = Number(buffer.readBigUInt64LE(at))
        at += 8
      }
      if (at + size > to) throw protocolError('a value that is longer than its row')
      if (absences[column]?.(buffer, at) !== true) rows.set(column, buffer, at, at + size)
      at += size
    }
    if (at !== to) throw protocolError('a row that is longer than its columns')
    rows.push()
    if (rows.isFull) emit(rows.take())
  }

  return (buffer, from, to) => {
    const first = buffer[from]
    if (first === errorMarker) throw readError(buffer, from, to)
    const isEnd = first === endMarker && to - from < 9
    if (inRows) {
      if (!isEnd) {
        readRow(buffer, from, to)
        return false
      }
      emit(rows.end())
      return true
    }
    if (columns === null) {
      columns = first ?? 0
      // 0: a statement without a result; 0xfb: the server asks for a file of this machine.
      if (columns === twoBytes) columns = buffer.readUInt16LE(from + 1)
      else if (columns === 0 || columns >= nullValue) throw protocolError('no result set')
      if (columns !== absences.length) throw protocolError(`${columns} columns instead of ${absences.length}`)
    } else if (isEnd && columns === 0) inRows = true
    else columns -= 1
    return false
  }
}

/** Marker, number (2), `#` and state (5), words. */
const readError = (buffer: Buffer, from: number, to: number): ServerError => {
  const words = from + (buffer[from + 3] === 0x23 ? 9 : 3)
  return new ServerError(buffer.toString('utf8', words, to), buffer.readUInt16LE(from + 1))
}
