import { expect, test } from 'vitest'
import * as glossary from './glossary.ts'

const meanings = Object.entries(glossary).flatMap(([group, words]) =>
  Object.entries(words).map(([word, meaning]) => [`${group}: ${word}`, meaning] as const),
)

test.each(meanings)('%s is told in a sentence or two, short enough to be read at a glance', (_word, meaning) => {
  expect(meaning).toMatch(/^[A-Z].*\.$/)
  expect(meaning.length).toBeLessThan(160)
})

test('no two words mean the same', () => {
  expect(new Set(meanings.map(([, meaning]) => meaning)).size).toBe(meanings.length)
})

test('the parts of a receipt are those that the equation names', () => {
  const equation = glossary.figureMeanings.receipt
  const named = Object.keys(glossary.countMeanings).filter((count) => equation.includes(count))
  expect(named).toEqual(['read', 'inserted', 'updated', 'unchanged', 'superseded', 'rejected'])
})
