/** The types of Parquet's columns: which Postgres type holds each, and how a value of it is printed as text. */

import { physical, type SchemaElement } from './metadata.ts'
import type { TextBuffer } from './text-buffer.ts'
import { structOf, type ThriftStruct } from './thrift.ts'
import { printDate, printTime, printTimestamp } from './times.ts'

/** Prints the value that stands in a page, in the encoding PLAIN, from `at` on. */
type Print = (source: Buffer, at: number, size: number, text: TextBuffer) => void

export type ValueType = {
  postgres: string
  /** As people know it: `INT64 TIMESTAMP(MICROS)`. */
  sourceType: string
  /** null: its bytes are the value. */
  print: Print | null
  /** Its bytes must be UTF-8. */
  isText: boolean
  /** As it stands in a JSON text. */
  json: 'literal' | 'string' | 'json' | 'hex'
}

const physicalNames = ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY']
/** Fields of the union `LogicalType`, and beside them what older writers call the same, by `ConvertedType`. */
const logicalNames = new Map([
  [1, 'STRING'],
  [4, 'ENUM'],
  [5, 'DECIMAL'],
  [6, 'DATE'],
  [7, 'TIME'],
  [8, 'TIMESTAMP'],
  [10, 'INTEGER'],
  [12, 'JSON'],
  [14, 'UUID'],
  [15, 'FLOAT16'],
])
const convertedNames = new Map([
  [0, 'STRING'],
  [4, 'ENUM'],
  [5, 'DECIMAL'],
  [6, 'DATE'],
  [7, 'TIME'],
  [8, 'TIME'],
  [9, 'TIMESTAMP'],
  [10, 'TIMESTAMP'],
  [19, 'JSON'],
])
/** `UINT_8` to `INT_64`: signed or not, and the bits. */
const convertedIntegers = new Map<number, [isSigned: boolean, bits: number]>(
  [8, 16, 32, 64].flatMap((bits, at) => [
    [11 + at, [false, bits]],
    [15 + at, [true, bits]],
  ]),
)

/** What is meant by the bytes of a column; null: nothing beyond them. */
type Meaning = { name: string; fields: ThriftStruct } | null

const meaningOf = ({ logical, converted }: SchemaElement): Meaning => {
  const [field] = logical?.keys() ?? []
  const name = field === undefined ? undefined : logicalNames.get(field)
  if (name !== undefined && logical !== null && field !== undefined) return { name, fields: structOf(logical, field) ?? new Map() }
  const older =
    converted === null ? undefined : (convertedNames.get(converted) ?? (convertedIntegers.has(converted) ? 'INTEGER' : undefined))
  return older === undefined ? null : { name: older, fields: new Map() }
}

const literal = (postgres: string, print: Print): Omit<ValueType, 'sourceType'> => ({ postgres, print, isText: false, json: 'literal' })
const quoted = (postgres: string, print: Print): Omit<ValueType, 'sourceType'> => ({ postgres, print, isText: false, json: 'string' })
const text: Omit<ValueType, 'sourceType'> = { postgres: 'text', print: null, isText: true, json: 'string' }
const bytes: Omit<ValueType, 'sourceType'> = { postgres: 'bytea', print: null, isText: false, json: 'hex' }

export const valueTypeOf = (element: SchemaElement): ValueType => {
  const meaning = meaningOf(element)
  const type = typed(element, meaning)
  const name = `${physicalNames[element.type ?? -1] ?? 'UNKNOWN'}${element.type === physical.fixed ? `(${element.length})` : ''}`
  return { ...type, sourceType: meaning === null ? name : `${name} ${meaning.name}${detailOf(element, meaning)}` }
}

const detailOf = (element: SchemaElement, { name, fields }: NonNullable<Meaning>): string => {
  if (name !== 'TIME' && name !== 'TIMESTAMP') return ''
  const units = unitsOf(element, fields)
  return `(${units === 1_000 ? 'MILLIS' : units === 1_000_000 ? 'MICROS' : 'NANOS'})`
}

const typed = (element: SchemaElement, meaning: Meaning): Omit<ValueType, 'sourceType'> => {
  if (meaning?.name === 'DECIMAL') return decimal(element, meaning.fields)
  switch (element.type) {
    case physical.boolean:
      return literal('boolean', (source, at, _size, out) => out.ascii(source[at] === 0 ? 'false' : 'true'))
    case physical.int32:
      return int32(element, meaning)
    case physical.int64:
      return int64(element, meaning)
    case physical.int96:
      return quoted('timestamp without time zone', printInt96)
    case physical.float:
      return literal('real', (source, at, _size, out) => out.ascii(shortFloat(source.readFloatLE(at))))
    case physical.double:
      return literal('double precision', (source, at, _size, out) => out.ascii(String(source.readDoubleLE(at))))
    case physical.byteArray:
      if (meaning?.name === 'JSON') return { ...text, postgres: 'jsonb', json: 'json' }
      return meaning?.name === 'STRING' || meaning?.name === 'ENUM' ? text : bytes
    default:
      if (meaning?.name === 'UUID' && element.length === 16) return quoted('uuid', printUuid)
      if (meaning?.name === 'FLOAT16' && element.length === 2)
        return literal('real', (source, at, _size, out) => out.ascii(String(halfFloat(source.readUInt16LE(at)))))
      return bytes
  }
}

const integerOf = ({ converted }: SchemaElement, meaning: Meaning): { isSigned: boolean; bits: number } | null => {
  if (meaning?.name !== 'INTEGER') return null
  const [isSigned, bits] = convertedIntegers.get(converted ?? -1) ?? [meaning.fields.get(2) !== false, Number(meaning.fields.get(1) ?? 64)]
  return { isSigned, bits }
}

const int32 = (element: SchemaElement, meaning: Meaning): Omit<ValueType, 'sourceType'> => {
  if (meaning?.name === 'DATE') return quoted('date', (source, at, _size, out) => printDate(source.readInt32LE(at), out))
  if (meaning?.name === 'TIME')
    return quoted('time without time zone', (source, at, _size, out) => printUnits(source.readInt32LE(at), 1_000, out, printTime))
  const integer = integerOf(element, meaning)
  if (integer !== null && !integer.isSigned)
    return literal(integer.bits <= 8 ? 'smallint' : integer.bits <= 16 ? 'integer' : 'bigint', (source, at, _size, out) =>
      out.integer(source.readUInt32LE(at)),
    )
  return literal(integer !== null && integer.bits <= 16 ? 'smallint' : 'integer', (source, at, _size, out) =>
    out.integer(source.readInt32LE(at)),
  )
}

const int64 = (element: SchemaElement, meaning: Meaning): Omit<ValueType, 'sourceType'> => {
  if (meaning?.name === 'TIMESTAMP' || meaning?.name === 'TIME') return time(element, meaning)
  if (integerOf(element, meaning)?.isSigned === false)
    return literal('numeric(20,0)', (source, at, _size, out) => out.ascii(source.readBigUInt64LE(at).toString()))
  return literal('bigint', (source, at, _size, out) => out.int64(source, at))
}

/** Of a second, by the union `TimeUnit`. */
const unitsOf = ({ converted }: SchemaElement, fields: ThriftStruct): number => {
  const [unit] = structOf(fields, 2)?.keys() ?? []
  if (unit !== undefined) return unit === 1 ? 1_000 : unit === 2 ? 1_000_000 : 1_000_000_000
  return converted === 9 || converted === 7 ? 1_000 : 1_000_000
}

const time = (element: SchemaElement, { name, fields }: NonNullable<Meaning>): Omit<ValueType, 'sourceType'> => {
  const units = unitsOf(element, fields)
  if (name === 'TIME')
    return quoted('time without time zone', (source, at, _size, out) => printInt64Units(source, at, units, out, printTime))
  // What older writers mean is a moment.
  const isMoment = fields.size === 0 || fields.get(1) === true
  return isMoment
    ? quoted('timestamp with time zone', (source, at, _size, out) => {
        printInt64Units(source, at, units, out, printTimestamp)
        out.byte(0x5a)
      })
    : quoted('timestamp without time zone', (source, at, _size, out) => printInt64Units(source, at, units, out, printTimestamp))
}

type PrintSeconds = (seconds: number, micros: number, text: TextBuffer) => void

const printUnits = (value: number, units: number, out: TextBuffer, print: PrintSeconds): void => {
  const seconds = Math.floor(value / units)
  print(seconds, Math.floor(((value - seconds * units) * 1_000_000) / units), out)
}

/** Postgres has no parts of microseconds: they are cut off. */
const printInt64Units = (source: Buffer, at: number, units: number, out: TextBuffer, print: PrintSeconds): void => {
  const high = source.readInt32LE(at + 4)
  if (high >= -2_097_152 && high < 2_097_152) {
    printUnits(high * 4_294_967_296 + source.readUInt32LE(at), units, out, print)
    return
  }
  const value = source.readBigInt64LE(at)
  const ofSecond = ((value % BigInt(units)) + BigInt(units)) % BigInt(units)
  print(Number((value - ofSecond) / BigInt(units)), Math.floor((Number(ofSecond) * 1_000_000) / units), out)
}

/** Nanoseconds of the day, and the day as a Julian one. */
const printInt96: Print = (source, at, _size, out) => {
  const nanos = Number(source.readBigUInt64LE(at))
  const seconds = Math.floor(nanos / 1_000_000_000)
  printTimestamp((source.readInt32LE(at + 8) - 2_440_588) * 86_400 + seconds, Math.floor((nanos - seconds * 1_000_000_000) / 1_000), out)
}

/** The shortest number that is the same as a float. */
const shortFloat = (value: number): string => {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value)
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(Number(value.toPrecision(9)))
}

const halfFloat = (bits: number): number => {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1_023]
  const size =
    exponent === 31
      ? fraction === 0
        ? Number.POSITIVE_INFINITY
        : Number.NaN
      : exponent === 0
        ? fraction * 2 ** -24
        : (1 + fraction / 1_024) * 2 ** (exponent - 15)
  return bits & 0x8000 ? -size : size
}

const printUuid: Print = (source, at, _size, out) => {
  const hex = source.toString('hex', at, at + 16)
  out.ascii(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`)
}

const decimal = (element: SchemaElement, fields: ThriftStruct): Omit<ValueType, 'sourceType'> => {
  const scale = Number(fields.get(1) ?? element.scale)
  const precision = Number(fields.get(2) ?? element.precision)
  const type = precision > 0 && precision <= 1_000 && scale >= 0 ? `numeric(${precision},${scale})` : 'numeric'
  if (element.type === physical.int32) return literal(type, (source, at, _size, out) => out.decimal(source.readInt32LE(at), scale))
  if (element.type === physical.int64)
    return literal(type, (source, at, _size, out) => {
      const high = source.readInt32LE(at + 4)
      const isExact = high >= -2_097_152 && high < 2_097_152
      out.decimal(isExact ? high * 4_294_967_296 + source.readUInt32LE(at) : source.readBigInt64LE(at), scale)
    })
  return literal(type, (source, at, size, out) => out.decimal(bigEndian(source, at, size), scale))
}

/** The highest byte first, and signed. */
const bigEndian = (source: Buffer, at: number, size: number): number | bigint => {
  if (size === 0) return 0
  if (size <= 6) return source.readIntBE(at, size)
  const bits = BigInt.asIntN(8 * size, BigInt(`0x${source.toString('hex', at, at + size)}`))
  return bits >= -9_007_199_254_740_991n && bits <= 9_007_199_254_740_991n ? Number(bits) : bits
}
