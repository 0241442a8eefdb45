/** Walks the messages of the Postgres protocol in a stream of socket buffers, without copying the rows in it. */

const copyDataType = 0x64 // 'd'
/** Type byte and length. */
const headerSize = 5

export type WalkHandlers = {
  /** A run of CopyData messages, cut anywhere: `rows` of them ended in it, with `bytes` of payload. */
  copyData(data: Buffer, rows: number, bytes: number): void
  /** Any other message, whole. */
  message(type: string, payload: Buffer): void
}

/** Signature (11 bytes), flags (4) and header extension length (4), before the first row. */
const streamHeaderSize = 19
/** The end of the rows: a field count of -1. */
const trailerSize = 2

/**
 * Postgres sends one row a CopyData message; the first carries the stream's header as well, the last is the trailer.
 *
 * @returns a function to feed each buffer of the socket to, in order
 */
export const createMessageWalker = (handlers: WalkHandlers): ((buffer: Buffer) => void) => {
  let type = 0
  /** Bytes of the current message that are still to come; its header may still be incomplete. */
  let left = 0
  let payloadSize = 0
  let header = Buffer.alloc(0)
  let pending: Buffer[] = []
  let anyCopyData = false

  const endsRow = (): boolean => {
    const first = !anyCopyData
    anyCopyData = true
    return payloadSize > (first ? streamHeaderSize + trailerSize : trailerSize)
  }

  return (buffer) => {
    let at = 0
    // Where the run of CopyData bytes that is not handed on yet began.
    let from = 0
    let [rows, bytes] = [0, 0]
    const handOn = (to: number): void => {
      if (to > from) handlers.copyData(buffer.subarray(from, to), rows, bytes)
      ;[rows, bytes] = [0, 0]
    }
    const skip = (size: number): void => {
      at += size
      left -= size
    }
    while (at < buffer.length) {
      if (left === 0) {
        // A header may be cut by the end of the buffer; its bytes belong to the run all the same if it is CopyData.
        if (header.length === 0 && buffer.length - at >= headerSize) {
          type = buffer[at] ?? 0
          payloadSize = buffer.readUInt32BE(at + 1) - 4
          if (type !== copyDataType) handOn(at)
          at += headerSize
        } else {
          const missing = headerSize - header.length
          const known = header.length > 0 ? header[0] : buffer[at]
          if (known !== copyDataType) handOn(at)
          const part = buffer.subarray(at, at + missing)
          header = Buffer.concat([header, part])
          at += part.length
          if (header.length < headerSize) {
            if (known !== copyDataType) from = at
            break
          }
          type = header[0] ?? 0
          payloadSize = header.readUInt32BE(1) - 4
          header = Buffer.alloc(0)
        }
        left = payloadSize
        if (type !== copyDataType) from = at
      }
      const size = Math.min(left, buffer.length - at)
      if (type === copyDataType) {
        bytes += size
        skip(size)
        if (left === 0 && endsRow()) rows += 1
      } else {
        if (size > 0) pending.push(buffer.subarray(at, at + size))
        skip(size)
        from = at
        if (left === 0) {
          const payload = Buffer.concat(pending)
          pending = []
          handlers.message(String.fromCharCode(type), payload)
        }
      }
    }
    handOn(buffer.length)
  }
}
