import { expect, test } from 'vitest'
import { keptValues } from '../testing/values.ts'
import { printMicroseconds, printPlain, type ValueRow, writeValues } from './rows-as-text.ts'

async function* batches(...rows: ValueRow[][]): AsyncGenerator<ValueRow[]> {
  yield* rows
}

const written = async (rows: ValueRow[][], columns: number) => {
  const { values, rows: writer } = keptValues()
  for await (const _ of writeValues(
    batches(...rows),
    Array.from({ length: columns }, () => printPlain),
    writer,
  ));
  return values
}

test('each value becomes its text, and what is no value becomes none', async () => {
  const row = ['Größe 🙂', 1.5, 9_007_199_254_740_993n, true, false, Buffer.from('as it is'), null, undefined, '']
  expect(await written([[row]], row.length)).toEqual([['Größe 🙂', '1.5', '9007199254740993', 't', 'f', 'as it is', null, null, '']])
})

test.each([
  [0.1, '0.1'],
  [Math.fround(0.1), '0.10000000149011612'],
  [1e21, '1e+21'],
  [-0, '0'],
])('the number %d is printed with all that it has', (value, text) => {
  expect(printPlain(value)).toBe(text)
})

test('a row of many and large values keeps all of them until it is written', async () => {
  const row = [...Array.from({ length: 40 }, (_, at) => `${at}:`.padEnd(3_000, 'ä')), 'x'.repeat(1_000_000), 'end']
  expect(await written([[row, row.toReversed()], [row]], row.length)).toEqual([row, row.toReversed(), row])
})

test('the next batch is taken from the driver only when what was written has been taken', async () => {
  let taken = 0
  async function* counted() {
    for (;;) {
      taken += 1
      yield [['a'], ['b']]
    }
  }
  const { rows } = keptValues()
  const chunks = writeValues(counted(), [printPlain], { ...rows, isFull: true })
  for (let at = 0; at < 4; at += 1) await chunks.next()
  expect(taken).toBe(2)
  await chunks.return()
})

test('what a driver must not give is a defect', async () => {
  await expect(written([[[{ a: 1 }]]], 1)).rejects.toThrow(TypeError)
})

test.each([
  ['2026-11-24 10:35:00.1234567', '2026-11-24 10:35:00.123456', 1],
  ['2026-11-24 10:35:00.1234560', '2026-11-24 10:35:00.123456', 0],
  ['2026-11-24 10:35:00.999999999', '2026-11-24 10:35:00.999999', 1],
  [' 2026-11-24 10:35:00.5', '2026-11-24 10:35:00.5', 0],
  ['10:35:00', '10:35:00', 0],
])('%j loses what Postgres does not keep, and nothing is rounded', (value, text, losses) => {
  let lost = 0
  expect(printMicroseconds(() => void (lost += 1))(value)).toBe(text)
  expect(lost).toBe(losses)
})
