import { expect, test } from 'vitest'
import {
  addConstant,
  changeField,
  draftFields,
  everyColumn,
  fieldInput,
  includeColumn,
  mappingProblems,
  mappingRows,
  removeField,
} from './mapping.ts'
import { parseValues, printValues } from './transforms.ts'

const columns = ['id', 'name', 'amount'].map((name) => ({ name, type: 'text', sourceType: 'text', nullable: true }))
const named = (name: string) => {
  const column = columns.find((candidate) => candidate.name === name)
  if (column === undefined) throw new Error(name)
  return column
}
const shown = (fields: ReturnType<typeof everyColumn>) =>
  mappingRows(fields, columns).map(({ column, field }) => [column?.name ?? null, field?.destination ?? null])

test('a mapping begins with every column as it is', () => {
  expect(everyColumn(columns).map(fieldInput)).toEqual(
    ['id', 'name', 'amount'].map((name) => ({ source: name, destination: name, type: null, nullable: null, default: null, transform: [] })),
  )
})

test('a column that is left out keeps its line, and comes back in its place', () => {
  const fields = everyColumn(columns)
  const without = removeField(fields, fields[1]?.key ?? '')
  expect(shown(without)).toEqual([
    ['id', 'id'],
    ['name', null],
    ['amount', 'amount'],
  ])
  const back = includeColumn(addConstant(without), named('name'), columns)
  expect(back.map(({ source }) => source)).toEqual(['id', 'name', 'amount', null])
  expect(new Set(back.map(({ key }) => key)).size).toBe(4)
})

test('one column may fill two fields; one that the source does not have, and constants, come last', () => {
  const fields = draftFields([
    { source: 'gone', destination: 'gone', type: 'text', nullable: null, default: null, transform: [] },
    { source: 'amount', destination: 'amount', type: null, nullable: null, default: null, transform: [] },
    { source: 'amount', destination: 'amount_text', type: 'text', nullable: null, default: null, transform: [] },
    { source: null, destination: 'client', type: 'text', nullable: null, default: null, transform: [{ kind: 'CONSTANT', value: '100' }] },
  ])
  expect(shown(fields)).toEqual([
    ['id', null],
    ['name', null],
    ['amount', 'amount'],
    ['amount', 'amount_text'],
    [null, 'gone'],
    [null, 'client'],
  ])
})

test('what is sent says what was entered, and a default of no characters is not none', () => {
  const [field] = draftFields([{ source: 'a', destination: 'b', type: null, nullable: false, default: '', transform: [{ kind: 'TRIM' }] }])
  if (field === undefined) throw new Error('no field')
  expect(fieldInput(field)).toEqual({
    source: 'a',
    destination: 'b',
    type: null,
    nullable: false,
    default: '',
    transform: [{ kind: 'TRIM' }],
  })
})

test('what is missing is named by its place', () => {
  const fields = everyColumn(columns)
  const [first, second, third] = fields.map(({ key }) => key)
  const wrong = [
    (list: typeof fields) => changeField(list, first ?? '', { destination: '' }),
    (list: typeof fields) => changeField(list, second ?? '', { destination: 'amount' }),
    (list: typeof fields) => changeField(list, third ?? '', { transforms: [{ kind: 'NULL_VALUES', values: [] }] }),
  ].reduce((list, change) => change(list), fields)
  expect(Object.keys(mappingProblems(wrong))).toEqual(['fields.0.destination', 'fields.2.destination', 'fields.2.transform'])
  expect(mappingProblems([])).toHaveProperty('fields')
})

test('the empty text can stand for no value', () => {
  expect(parseValues(printValues(['N/A', '', '-']))).toEqual(['N/A', '', '-'])
})
