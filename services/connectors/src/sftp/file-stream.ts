/**
 * The bytes of one file. An answer takes a way there and back, so many pieces are asked for at once; they are joined to
 * blocks, in order, and no more are asked for than the reader takes.
 */

import { Readable } from 'node:stream'
import type { SftpSession } from './connect.ts'
import { changed } from './errors.ts'

/** What every server answers at once. */
const pieceBytes = 1 << 15
const blockBytes = 8 * pieceBytes
/** As much as ssh2 lets a server send ahead: 2 MiB. */
const blocksAhead = 8

export type FileStreamOptions = {
  handle: Buffer
  from: number
  to: number
  /** Of the file, as people are told. */
  what: string
  /** Called behind the last byte: fails when it was not the same file all the time. */
  check(): Promise<void>
}

type Block = { bytes: Buffer; missing: number }

export const fileStream = ({ sftp, ended, explain }: SftpSession, options: FileStreamOptions): Readable => {
  const { handle, from, to, what, check } = options
  const blocks: Block[] = []
  let next = from
  let isWanted = false

  const fail = (error: unknown): void => void stream.destroy(explain(error, what))
  const lost = (): void => fail(ended.reason)
  const askPiece = (block: Block, at: number, length: number, position: number): void =>
    sftp.read(handle, block.bytes, at, length, position, (error, read) => {
      if (stream.destroyed) return
      if (error) return fail(error)
      if (read === 0) return fail(changed(what))
      if (read < length) return askPiece(block, at + read, length - read, position + read)
      block.missing -= 1
      if (block.missing === 0) deliver()
    })
  const askAhead = (): void => {
    while (blocks.length < blocksAhead && next < to) {
      const bytes = Buffer.allocUnsafeSlow(Math.min(blockBytes, to - next))
      const block = { bytes, missing: Math.ceil(bytes.length / pieceBytes) }
      blocks.push(block)
      for (let at = 0; at < bytes.length; at += pieceBytes) askPiece(block, at, Math.min(pieceBytes, bytes.length - at), next + at)
      next += bytes.length
    }
  }
  const deliver = (): void => {
    while (isWanted && blocks[0]?.missing === 0) {
      isWanted = stream.push(blocks[0].bytes)
      blocks.shift()
    }
    if (blocks.length === 0 && next === to) check().then(() => stream.push(null), fail)
    else if (isWanted) askAhead()
  }

  const stream = new Readable({
    highWaterMark: blockBytes,
    read: () => {
      isWanted = true
      deliver()
    },
    destroy: (error, done) => {
      ended.removeEventListener('abort', lost)
      // Nobody waits for it: a server that is gone has closed it.
      sftp.close(handle, () => {})
      done(error)
    },
  })
  ended.addEventListener('abort', lost, { once: true })
  return stream
}
