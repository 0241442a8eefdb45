/** Rows of text values, validated and written as a binary COPY; a row with a bad value is rejected, the others go on. */

import type { CopyPiece } from './copy-out.ts'
import { CopyWriter } from './copy-writer.ts'
import { BadValueError, type Encoder, encoderOf } from './text-encoders.ts'

/** One column of the destination. */
export type RowField = {
  /** Place of its column in the row; null: it has none, and `instead` is its value. */
  column: number | null
  encode: Encoder
  /** Taken where the row has no value; null: none is. */
  instead: Buffer | null
  /** A row without a value is rejected. */
  required: boolean
}

/** Each column of a row as it is. */
export const fieldsAsIs = (columns: readonly { type: string }[]): RowField[] =>
  columns.map(({ type }, column) => ({ column, encode: encoderOf(type), instead: null, required: false }))

/** A row that failed, with the values of its columns as they came; null: NULL. */
export type Rejection = {
  /** Of the row, from 1. */
  position: number
  place: string | null
  /** Place of the column among the row's; null: the value comes from no column, or the row itself could not be read. */
  column: number | null
  /** As the end of a sentence that begins with the value; as a sentence where the row itself could not be read. */
  rule: string
  /** Empty where the row itself could not be read. */
  values: readonly (Buffer | null)[]
  /** The row that could not be read. */
  raw: string | null
}

export type RejectingPiece<Rejected> = CopyPiece & { rejected: readonly Rejected[] }

/** So many rejected rows, or bytes of theirs, are worth a piece of their own. */
const [mostRejected, mostRejectedBytes] = [500, 4_194_304]

/** One extract; see `RowWriter` of core for how it is used. */
export class TextRowWriter<Rejected> {
  placeOf: (() => string) | null = null
  readonly #fields: readonly RowField[]
  readonly #out = new CopyWriter()
  readonly #sources: Buffer[]
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #describe: (rejection: Rejection) => Rejected
  #rejected: Rejected[] = []
  #rejectedBytes = 0
  #position = 0

  /** @param columns how many a row has */
  constructor(columns: number, fields: readonly RowField[], describe: (rejection: Rejection) => Rejected) {
    this.#fields = fields
    this.#describe = describe
    this.#sources = Array.from({ length: columns }, () => nothing)
    this.#from = new Int32Array(columns)
    this.#to = new Int32Array(columns).fill(-1)
  }

  set(column: number, source: Buffer, from: number, to: number): void {
    this.#sources[column] = source
    this.#from[column] = from
    this.#to[column] = to
  }

  push(): void {
    const [out, fields] = [this.#out, this.#fields]
    const start = out.beginRow(fields.length)
    this.#position += 1
    let at = 0
    try {
      for (; at < fields.length; at += 1) {
        const { column, encode, instead, required } = fields[at] as RowField
        const to = column === null ? -1 : (this.#to[column] as number)
        if (to >= 0) encode(this.#sources[column as number] as Buffer, this.#from[column as number] as number, to, out)
        else if (instead !== null) encode(instead, 0, instead.length, out)
        else out.writeNull()
        if (required && out.endsInNull) throw new BadValueError(needsValue)
      }
    } catch (error) {
      if (!(error instanceof BadValueError)) throw error
      out.dropRow(start)
      this.#add(this.#rejection(fields[at]?.column ?? null, error.rule))
    }
    this.#to.fill(-1)
  }

  reject(raw: string, rule: string): void {
    this.#out.dropRow(this.#out.beginRow(0))
    this.#position += 1
    this.#add({ position: this.#position, place: this.placeOf?.() ?? null, column: null, rule, values: [], raw })
    this.#to.fill(-1)
  }

  get isFull(): boolean {
    return this.#out.isFull || this.#rejected.length >= mostRejected || this.#rejectedBytes >= mostRejectedBytes
  }

  take(): RejectingPiece<Rejected> {
    return this.#withRejected(this.#out.take())
  }

  end(): RejectingPiece<Rejected> {
    return this.#withRejected(this.#out.end())
  }

  #withRejected(piece: CopyPiece): RejectingPiece<Rejected> {
    const rejected = this.#rejected
    this.#rejected = []
    this.#rejectedBytes = 0
    return { ...piece, rejected }
  }

  #add(rejection: Rejection): void {
    this.#rejected.push(this.#describe(rejection))
    this.#rejectedBytes += rejection.values.reduce((sum, value) => sum + (value?.length ?? 0), rejection.raw?.length ?? 0)
  }

  #rejection(column: number | null, rule: string): Rejection {
    const values = this.#sources.map((source, at) => {
      const to = this.#to[at] as number
      return to < 0 ? null : Buffer.from(source.subarray(this.#from[at], to))
    })
    return { position: this.#position, place: this.placeOf?.() ?? null, column, rule, values, raw: null }
  }
}

const nothing = Buffer.alloc(0)
const needsValue = 'must not be empty'
