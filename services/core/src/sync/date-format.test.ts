import { expect, test } from 'vitest'
import { checkDateFormat } from './date-format.ts'

test.each(['DD.MM.YYYY', 'YYYYMMDD', 'D/M/YY', 'MMM D, YYYY', 'YYYY-MM-DD HH:mm:ss.SSS Z', 'HH:mm A', 'DD.MM.YYYY HH:mm'])(
  '%s is a format',
  (format) => {
    expect(checkDateFormat(format)).toBeNull()
  },
)

test.each([
  ['%d.%m.%Y', 'neither a date nor a time'],
  ['MM.YYYY', 'needs a day'],
  ['DD.MM.YYYY DD', 'a day (DD or D) twice'],
  ['DD.MM.YYYY ss', 'needs minutes'],
  ['DMMYYYY', 'Put a character between them'],
])('%s is none: %s', (format, problem) => {
  expect(checkDateFormat(format)).toContain(problem)
})
