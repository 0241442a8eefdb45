/**
 * Records of a JSON body, found while it arrives: walks to the array at a path and hands on each of its elements as ranges
 * of bytes. Only what is not complete yet is kept, so memory is that of the largest record, whatever the size of the body.
 */

import { isUtf8 } from 'node:buffer'
import { SyncError } from '@aiia/core/failures/failure'
import { cutShort, JsonError } from './json-syntax.ts'
import { type RecordFields, RecordReader } from './record-fields.ts'
import { type RecordPath, RecordWalker } from './record-walker.ts'

export type { FieldValue, RecordFields, ValueKind } from './record-fields.ts'
export type { RecordPath } from './record-walker.ts'

export type RecordScannerOptions = {
  /**
   * Where the records are: the names that lead to their array (an object there is one record, null is none), `body` for a body
   * that is the array, `first-array` for the body or else the first array that holds objects.
   */
  path: RecordPath
  /** Names of the wanted members; their places are the columns of `RecordFields`. Without it there are only `members()`. */
  columns?: readonly string[]
  /** Those of them whose strings stay JSON text, with quotes and escapes: for columns that hold any JSON. */
  asJson?: ReadonlySet<string>
  record: (fields: RecordFields) => void
  /**
   * A string, number or boolean outside of the records, before or behind them, such as `@odata.nextLink` or `meta.next_cursor`:
   * the names that lead to it, joined by dots, and its value as text.
   */
  outside?: (name: string, value: string) => void
  /** What is scanned, as the beginning of a sentence. */
  what?: string
}

export type RecordScanner = {
  /** The next piece of the body, cut anywhere; it must stay unchanged. @throws SyncError PROTOCOL_ERROR for what is no JSON */
  push(buffer: Buffer): void
  /**
   * The body is complete.
   *
   * @throws SyncError PROTOCOL_ERROR where it is cut short, INVALID_QUERY where nothing is at the path
   */
  end(): void
  /** Names of the members of all records so far. */
  names(): string[]
}

/** A rest that is larger is looked at again only when it has doubled, so that a large value costs its size, not its square. */
const largeRest = 262_144

export const createRecordScanner = ({
  path,
  columns = [],
  asJson = new Set(),
  record,
  outside,
  what = 'The answer',
}: RecordScannerOptions): RecordScanner => {
  const reader = new RecordReader(columns, asJson)
  const walker = new RecordWalker({ path, reader, record: () => record(reader), outside })
  /** What of the input is not done; it begins behind so many bytes. */
  let rest: Buffer[] = []
  // The mark that some put before UTF-8 is looked at as a whole.
  let [size, needed, base] = [0, 3, 0]

  const scan = (isLast: boolean): void => {
    const buffer = rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest)
    let at = base === 0 ? markEnd(buffer) : 0
    try {
      if (!isUtf8(isLast ? buffer : buffer.subarray(0, characterEnd(buffer)))) throw new JsonError('bytes that are not UTF-8', 0)
      for (;;) at = walker.step(buffer, at)
    } catch (error) {
      if (error instanceof JsonError) throw toSyncError(error, buffer, { what, base })
      if (error !== cutShort) throw error
    }
    base += at
    size = buffer.length - at
    rest = size === 0 ? [] : [buffer.subarray(at)]
    needed = size > largeRest ? 2 * size : 0
  }

  return {
    push: (buffer) => {
      rest.push(buffer)
      size += buffer.length
      if (size >= needed) scan(false)
    },
    end: () => {
      if (size > 0) scan(true)
      if (!walker.isDone) {
        const message = base + size === 0 ? `${what} is empty` : `${what} ends in the middle, after ${base + size} bytes`
        throw new SyncError('PROTOCOL_ERROR', `${message}; JSON was expected.`)
      }
      if (!walker.hasFound) throw nothingThere(path, walker.seen, what)
    },
    names: () => reader.names(),
  }
}

/** Behind the mark that some put before UTF-8. */
const markEnd = (buffer: Buffer): number => (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0)

/** Before a character at the end of which some bytes are still to come. */
const characterEnd = (buffer: Buffer): number => {
  for (let back = 1; back <= Math.min(3, buffer.length); back += 1) {
    const byte = buffer[buffer.length - back] as number
    if (byte < 0x80) break
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? buffer.length - back : buffer.length
  }
  return buffer.length
}

const shownLength = 60

const toSyncError = (error: JsonError, buffer: Buffer, { what, base }: { what: string; base: number }): SyncError => {
  // Of a web page; other text may hold anything.
  const begins = base === 0 && error.at === 0 && buffer[0] === 0x3c ? `: it begins with "${buffer.toString('utf8', 0, shownLength)}"` : ''
  return new SyncError('PROTOCOL_ERROR', `${what} is no JSON: it has ${error.message} at byte ${base + error.at + 1}${begins}.`, {
    cause: error,
  })
}

const nothingThere = (path: RecordPath, seen: readonly string[], what: string): SyncError => {
  const has = seen.length === 0 ? '' : ` It has ${seen.map((name) => `"${name}"`).join(', ')}.`
  const where = typeof path === 'string' ? '' : ` at "${path.join('.')}"`
  return new SyncError('INVALID_QUERY', `${what} has no array of records${where}.${has}`)
}
