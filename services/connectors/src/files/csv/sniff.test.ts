import { expect, test } from 'vitest'
import { CsvSniffer } from './sniff.ts'

const sniff = (text: string, csv = {}, columns?: { name: string; type: string }[]) => {
  const sniffer = new CsvSniffer({ path: 'in.csv', csv, ...(columns && { columns }) })
  sniffer.see({ bytes: Buffer.from(text), isWhole: true })
  const { dialect, columns: found } = sniffer.result ?? { dialect: null, columns: [] }
  return { delimiter: dialect?.delimiter, hasHeader: dialect?.hasHeader, columns: found.map(({ name, type }) => `${name} ${type}`) }
}

test.each([
  [',', 'id,name\n1,x\n2,"y;z"\n'],
  [';', 'id;price\n1;1,50\n2;2,75\n'],
  ['\t', 'id\tname\n1\tx, y\n'],
  ['|', 'id|name\n1|x, y\n2|z'],
  [',', 'id\n1\n2\n'],
  [',', 'id,note\n1,"a\nb"\n2,c|d\n3,e|f\n'],
  [',', '"id","note"\n1,"a; b\nc; d\ne; f"\n'],
])('cells are found to be divided by %j', (delimiter, text) => {
  expect(sniff(text).delimiter).toBe(delimiter)
})

test.each([
  [true, 'id,name\n1,x\n'],
  [true, 'first,last\nx,y\n'],
  [true, ',name\n0,x\n'],
  [false, '1,x\n2,y\n'],
  [false, 'x,2026-11-24\ny,2026-11-25\n'],
  [false, 'x,x\ny,z\n'],
])('a header is found, or not (%j)', (hasHeader, text) => {
  expect(sniff(text).hasHeader).toBe(hasHeader)
})

test('types come from the rows, names from the header', () => {
  const text = 'id, price ,code,day,at,flag,empty,\n1,1.5,007,2026-11-24,2026-11-24T10:35:00Z,true,,x\n2,3,008,2026-11-25,,false,,y\n'
  expect(sniff(text).columns).toEqual([
    'id bigint',
    'price numeric',
    'code text',
    'day date',
    'at timestamp with time zone',
    'flag boolean',
    'empty text',
    'column_8 text',
  ])
})

test('without a header columns are called as the stream says, or numbered', () => {
  expect(sniff('1,x\n', { header: false }).columns).toEqual(['column_1 bigint', 'column_2 text'])
  expect(sniff('1,x\n', { header: false }, [{ name: 'id', type: 'integer' }]).columns).toEqual(['id bigint', 'column_2 text'])
})

test('what is set is not looked for', () => {
  expect(sniff('a;b,c\n1;2,3\n', { delimiter: ';', header: false })).toMatchObject({ delimiter: ';', hasHeader: false })
})

test('rows of a sample that is cut off are whole ones', () => {
  const sniffer = new CsvSniffer({ path: 'in.csv' })
  sniffer.see({ bytes: Buffer.from('id,name\n1,x\n2x'), isWhole: false })
  expect(sniffer.rows).toBe(1)
  expect(() => sniffer.see({ bytes: Buffer.from('id,na'), isWhole: false })).toThrow('has no complete row')
  expect(() => sniffer.see({ bytes: Buffer.from('\n\n'), isWhole: true })).toThrow('has no header')
})
