import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { FileStore, StoredFile } from './file-store.ts'
import { openAhead } from './open-ahead.ts'

const fileOf = (path: string, size = 10): StoredFile => ({ path, size, version: '1', modifiedAt: null })

/** Tells what was opened; a file named `broken` cannot be, one named `cut` ends early. */
const recordingStore = () => {
  const opened: string[] = []
  const transfers = new Map<string, Readable>()
  const store: FileStore = {
    list: async function* () {},
    open: async ({ path }, range) => {
      opened.push(range === undefined ? path : `${path} ${range.from}-${range.to}`)
      if (path === 'broken') throw new Error('no such file')
      const transfer = Readable.from([Buffer.from(`of ${path}`)], { objectMode: false })
      if (path === 'cut') transfer.destroy(new Error('cut off'))
      transfers.set(path, transfer)
      return transfer
    },
    close: async () => {},
  }
  return { store, opened, transfers }
}

test('the next four files are begun with the one whose turn it is, each once', async () => {
  const { store, opened } = recordingStore()
  const ahead = openAhead(store)
  const files = ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => fileOf(path))
  ahead.plan(files)
  const read: string[] = []
  for (const [at, file] of files.entries()) {
    const transfer = await ahead.open(file)
    expect(opened).toHaveLength(Math.min(files.length, at + 5))
    read.push(await text(transfer))
  }
  expect(opened).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(read).toEqual(['of a', 'of b', 'of c', 'of d', 'of e', 'of f'])
})

test('large files wait for their turn, and so does what is not planned or only a part', async () => {
  const { store, opened } = recordingStore()
  const ahead = openAhead(store)
  const [small, large] = [fileOf('small'), fileOf('large', 1e9)]
  ahead.plan([small, large])
  await ahead.open(fileOf('other'))
  await ahead.open(large, { from: 0, to: 4 })
  await ahead.open(small)
  expect(opened).toEqual(['other', 'large 0-4', 'small'])
})

test.each([
  ['broken', 'no such file'],
  ['cut', 'cut off'],
])('a %s file fails when it is its turn, and not before', async (path, message) => {
  const { store } = recordingStore()
  const ahead = openAhead(store)
  const [first, second] = [fileOf('first'), fileOf(path)]
  ahead.plan([first, second])
  expect(await text(await ahead.open(first))).toBe('of first')
  await expect(ahead.open(second).then(text)).rejects.toThrow(message)
})

test('transfers whose turn does not come are ended', async () => {
  const { store, transfers } = recordingStore()
  const ahead = openAhead(store)
  const files = ['first', 'second', 'third'].map((path) => fileOf(path))
  ahead.plan(files)
  if (files[0] !== undefined) await ahead.open(files[0])
  ahead.forget()
  await expect.poll(() => transfers.get('third')?.destroyed).toBe(true)
  expect(transfers.get('second')?.destroyed).toBe(true)
  expect(transfers.get('first')?.destroyed).toBe(false)
})
