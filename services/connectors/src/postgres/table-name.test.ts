import { expect, test } from 'vitest'
import { parseTableName, printTableName } from './table-name.ts'

test.each([
  ['bseg', { schema: 'public', name: 'bseg' }],
  ['SAP.Bseg', { schema: 'sap', name: 'bseg' }],
  ['"SAP"."/BIC/A ""x"".y"', { schema: 'SAP', name: '/BIC/A "x".y' }],
  ['sap."Bseg"', { schema: 'sap', name: 'Bseg' }],
])('%s is read as people mean it', (text, table) => {
  expect(parseTableName(text)).toEqual(table)
  expect(parseTableName(printTableName(table))).toEqual(table)
})

test.each(['a.b.c', 'a.', '.a', '"a', 'a"b'])('%s is refused with the way to write it', (text) => {
  expect(() => parseTableName(text)).toThrow('Write schema.name')
})
