import { expect, test } from 'vitest'
import { type BulkEnd, summary } from './summary.ts'

const ends = (...all: BulkEnd['end'][]): BulkEnd[] => all.map((end, index) => ({ name: `C${index + 1}`, end }))

test('what was done and what was done already are counted', () => {
  expect(summary('sync', ends('done', 'done', 'done', 'done', 'done', 'already'))).toEqual({
    title: '5 syncs started, 1 was already running',
  })
  expect(summary('sync', ends('done'))).toEqual({ title: '1 sync started' })
  expect(summary('pause', ends('already', 'already'))).toEqual({ title: '2 were paused already' })
  expect(summary('resume', ends('done', 'done'))).toEqual({ title: '2 connectors resumed' })
})

test('what was refused is named, once for each reason', () => {
  const gone = { refused: 'There is no such connector.' }
  const down = { refused: 'The platform does not answer.' }
  expect(summary('sync', ends('done', gone, down, down))).toEqual({
    title: '1 sync started, 3 refused',
    description: 'C2: There is no such connector. C3, C4: The platform does not answer.',
    type: 'error',
  })
})

test('a long list of names is cut', () => {
  const { description } = summary('sync', ends(...Array.from({ length: 8 }, () => ({ refused: 'No.' }))))
  expect(description).toBe('C1, C2, C3, C4, C5 and 3 more: No.')
})
