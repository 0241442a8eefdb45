import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('commas, quotes and line ends are kept apart from those of the file', () => {
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines', ' spaced', 'plain', '', null])).toBe(
    '"a,b","say ""hi""","two\nlines"," spaced",plain,"",\r\n',
  )
})

test.each(['=1+1', '+1+1', '-2+3+cmd', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('a spreadsheet takes %j for text', (text) => {
  expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
})

test('a formula cannot come in by a quote of its own', () => {
  expect(csvLine(['="a","b"'])).toBe(`"'=""a"",""b"""\r\n`)
})

test.each(['-12.50', '+49', '-1.234,56', '2026-11-24'])('what is no formula stays as it is: %s', (text) => {
  expect(csvLine([text]).replaceAll('"', '')).toBe(`${text}\r\n`)
})
