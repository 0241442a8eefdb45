import { describe, expect, test } from 'vitest'
import { BadValueError } from './bad-value.ts'
import { CopyWriter } from './copy-writer.ts'
import { encoderOf } from './text-encoders.ts'

const text = encoderOf('text')
const rowOfNull = (writer: CopyWriter): number => {
  const start = writer.beginRow(1)
  writer.writeNull()
  return start
}

describe('the end of the row is NULL', () => {
  test('only when NULL was written last', () => {
    const writer = new CopyWriter()
    rowOfNull(writer)
    expect(writer.endsInNull).toBe(true)
    text(Buffer.from(''), 0, 0, writer)
    expect(writer.endsInNull).toBe(false)
  })

  test('not for a value that ends where one was in a dropped row', () => {
    const writer = new CopyWriter()
    writer.dropRow(rowOfNull(writer))
    writer.beginRow(1)
    text(Buffer.from(''), 0, 0, writer)
    expect(writer.endsInNull).toBe(false)
  })

  test('not for a value that ends where one was in the last piece', () => {
    const writer = new CopyWriter()
    rowOfNull(writer)
    const end = writer.at
    writer.take()
    writer.beginRow(1)
    const value = Buffer.alloc(end - writer.at - 4, 'x')
    text(value, 0, value.length, writer)
    expect([writer.at, writer.endsInNull]).toEqual([end, false])
  })
})

test('a dropped row is counted, and nothing of it is written', () => {
  const writer = new CopyWriter()
  const start = writer.at
  writer.dropRow(rowOfNull(writer))
  expect(writer.at).toBe(start)
  expect(writer.take()).toMatchObject({ rows: 1, bytes: 0 })
})

test('a piece counts the bytes of its rows, not the framing of the COPY', () => {
  const writer = new CopyWriter()
  const value = Buffer.from('abc')
  const write = () => {
    writer.beginRow(1)
    text(value, 0, value.length, writer)
  }
  write()
  write()
  expect(writer.take()).toMatchObject({ rows: 2, bytes: 2 * 9 })
  write()
  expect(writer.end()).toMatchObject({ rows: 1, bytes: 9 })
})

test('a row that grows beyond what the server takes is refused before there is memory for it', () => {
  const writer = new CopyWriter()
  expect(() => writer.reserve(1_000_000_000)).toThrow(new BadValueError('makes the row larger than 1 GB'))
  expect(writer.buffer.length).toBeLessThan(1_000_000)
})
