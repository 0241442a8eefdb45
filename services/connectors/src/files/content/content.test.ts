import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { cutAt } from '../../testing/collected-rows.ts'
import { BadFileError } from './bad-file.ts'
import { ByteWindow } from './byte-window.ts'
import { decode, type TextEncoding } from './decode.ts'
import { decompress } from './decompress.ts'

const all = async (chunks: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}

const table = Buffer.from('a,b\n1,2\n')
/** What `zstd` makes of it. */
const zstdTable = Buffer.from('KLUv/QRYQQAAYSxiCjEsMgo158rO', 'base64')

describe('however the bytes are cut', () => {
  test.each([
    ['nothing', table, table],
    ['less than any mark', Buffer.from('a'), Buffer.from('a')],
    ['gzip', gzipSync(table), table],
    ['members of gzip behind each other', Buffer.concat([gzipSync(table), gzipSync(table)]), Buffer.concat([table, table])],
    ['Zstandard', zstdTable, table],
    ['frames of Zstandard behind each other', Buffer.concat([zstdTable, zstdTable]), Buffer.concat([table, table])],
  ])('%s is undone', async (_what, packed, content) => {
    for (let place = 1; place <= packed.length; place += 1) expect(await all(decompress(cutAt(packed, place), null))).toEqual(content)
    expect(await all(decompress(cutAt(packed, ...packed.keys()), null))).toEqual(content)
  })

  const texts: [encoding: TextEncoding | null, bytes: Buffer, text: string][] = [
    [null, Buffer.from('ä🙂,b'), 'ä🙂,b'],
    [null, Buffer.from('\ufeffä'), 'ä'],
    ['utf-8', Buffer.from('\ufeffä'), 'ä'],
    [null, Buffer.from('\ufeffä🙂', 'utf16le'), 'ä🙂'],
    [null, Buffer.from('\ufeffä🙂', 'utf16le').swap16(), 'ä🙂'],
    ['utf-16le', Buffer.from('ä🙂', 'utf16le'), 'ä🙂'],
    ['windows-1252', Buffer.from([0x80, 0xe4, 0x85]), '€ä…'],
    ['iso-8859-1', Buffer.from([0x80, 0xe4, 0x85]), '\u0080ä\u0085'],
  ]
  test.each(texts)('%s becomes UTF-8', async (encoding, bytes, text) => {
    for (let place = 1; place <= bytes.length; place += 1) expect((await all(decode(cutAt(bytes, place), encoding))).toString()).toBe(text)
    expect((await all(decode(cutAt(bytes, ...bytes.keys()), encoding))).toString()).toBe(text)
  })
})

describe('what is damaged is told', () => {
  test.each([
    ['no gzip', 'gzip', table, /^is no gzip file, or is damaged/],
    ['gzip that is cut off', 'gzip', gzipSync(table).subarray(0, -5), /^is no gzip file, or is damaged: unexpected end of file/],
    ['an empty file', 'gzip', Buffer.alloc(0), /^is no gzip file, or is damaged/],
    ['no Zstandard', 'zstd', table, /^is no Zstandard file, or is damaged/],
    ['Zstandard that is cut off', 'zstd', zstdTable.subarray(0, 12), /^is no Zstandard file, or is damaged: unexpected EOF/],
    [
      'a window that nobody needs',
      'zstd',
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xb0, ...randomBytes(20)]),
      /^needs a window of more than 128 MB/,
    ],
  ] as const)('%s', async (_what, compression, bytes, message) => {
    const reading = all(decompress(cutAt(bytes, 3), compression))
    await expect(reading).rejects.toThrow(BadFileError)
    await expect(reading).rejects.toThrow(message)
  })

  test('half a character of UTF-16', async () => {
    await expect(all(decode(cutAt(Buffer.from([0x61, 0, 0x3d, 0xd8])), 'utf-16le'))).rejects.toThrow('is not text in utf-16le')
  })
})

test('what decompresses to very much comes in pieces', async () => {
  const packed = gzipSync(Buffer.alloc(64_000_000))
  let [size, largest] = [0, 0]
  for await (const piece of decompress(cutAt(packed), null)) {
    size += piece.length
    largest = Math.max(largest, piece.length)
  }
  expect(size).toBe(64_000_000)
  expect(largest).toBeLessThan(1_000_000)
})

test('a row without an end is refused', () => {
  const rows = new ByteWindow(1_048_576)
  const chunk = Buffer.alloc(500_000)
  for (let chunks = 0; chunks < 3; chunks += 1) rows.append(chunk, 0)
  expect(() => rows.append(chunk, 0)).toThrow('has a row of more than 1 MB')
  rows.append(chunk, rows.end)
  expect(rows.end).toBe(chunk.length)
})

const hasZstd = (() => {
  try {
    execFileSync('zstd', ['--version'])
    return true
  } catch {
    return false
  }
})()

test.runIf(hasZstd).each(['-1', '-6'])('what `zstd %s` packs comes back', async (level) => {
  const content = Buffer.from(Array.from({ length: 40_000 }, (_, row) => `${row},${(row * 7_919) % 1_000},text ${row % 13}\n`).join(''))
  const packed = execFileSync('zstd', [level, '-c'], { input: content, maxBuffer: 100_000_000 })
  expect((await all(decompress(cutAt(packed, 1_000, 70_000), null))).equals(content)).toBe(true)
})
