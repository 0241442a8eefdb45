import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { BadFileError } from '../content/bad-file.ts'
import { readMetadata } from './metadata.ts'

/** Five rows in groups of two, of which the footer says what is made of it. */
const footerOf = async (change: (writer: ParquetWriter) => void) => {
  const bytes = new ByteWriter()
  const schema = [
    { name: 'root', num_children: 1 },
    { name: 'a', type: 'INT32', repetition_type: 'REQUIRED' },
  ] as const
  const writer = new ParquetWriter({ writer: bytes, schema: [...schema] })
  await writer.write({ columnData: [{ name: 'a', data: [1, 2, 3, 4, 5] }], rowGroupSize: 2 })
  change(writer)
  await writer.finish()
  const content = Buffer.from(bytes.getBuffer())
  return readMetadata({ size: content.length, read: async (from, to) => content.subarray(from, to), close: async () => {} })
}

describe('the number of rows', () => {
  test('is that of all groups', async () => {
    expect(await footerOf(() => {})).toMatchObject({ rows: 5, rowGroups: [{ rows: 2 }, { rows: 2 }, { rows: 1 }] })
  })

  test.each<[what: string, change: (writer: ParquetWriter) => void]>([
    ['a group is lost', ({ row_groups: groups }) => void groups.pop()],
    ['all groups are lost', ({ row_groups: groups }) => void groups.splice(0)],
    [
      'a group has fewer rows than none',
      (writer) => {
        Object.assign(writer.row_groups[1] ?? {}, { num_rows: -2n })
        writer.num_rows = 1n
      },
    ],
  ])('tells that %s', async (_what, change) => {
    const reading = footerOf(change)
    await expect(reading).rejects.toThrow(BadFileError)
    await expect(reading).rejects.toThrow(/^is damaged: it does not have as many rows as it says/)
  })
})
