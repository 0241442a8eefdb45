import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FieldMapping, resolveMapping } from './mapping.ts'
import { checkPolicy, compareSchemas, describeChange, failureOf, proposeMapping, type SchemaChange } from './schema-change.ts'
import type { SourceColumn } from './source.ts'

const column = (name: string, type = 'text', nullable = true): SourceColumn => ({ name, sourceType: type, type, nullable })
const columns = (...names: string[]): SourceColumn[] => names.map((name) => column(name))
const typed = (type: string, nullable = true, sourceType = type) => ({ sourceType, type, nullable })
const field = (source: string | null, changed: Partial<FieldMapping> = {}): FieldMapping => ({
  source,
  destination: source ?? 'constant',
  type: null,
  nullable: null,
  default: null,
  transforms: [],
  ...changed,
})

describe('what has changed', () => {
  test('is told in the order of the columns before, then of the new ones', () => {
    const before = [
      column('id', 'bigint', false),
      column('amount', 'numeric(15,2)', false),
      column('kunnr'),
      column('old', 'date'),
      column('z'),
    ]
    const now = [
      column('zz', 'uuid'),
      column('new', 'json'),
      column('z', 'text', false),
      column('kunnr_new'),
      column('amount'),
      column('id', 'bigint', false),
    ]
    expect(compareSchemas(before, now)).toEqual([
      { kind: 'RETYPED', column: 'amount', before: typed('numeric(15,2)', false), now: typed('text') },
      { kind: 'NULLABILITY', column: 'amount', before: typed('numeric(15,2)', false), now: typed('text') },
      { kind: 'RENAMED', column: 'kunnr', to: 'kunnr_new', before: typed('text'), now: typed('text') },
      { kind: 'REMOVED', column: 'old', before: typed('date') },
      { kind: 'NULLABILITY', column: 'z', before: typed('text'), now: typed('text', false) },
      { kind: 'ADDED', column: 'zz', now: typed('uuid') },
      { kind: 'ADDED', column: 'new', now: typed('json') },
    ])
  })

  test('is nothing where only the order is another, or the word of the source for a type', () => {
    const before = [column('a'), { ...column('b', 'bigint'), sourceType: 'int unsigned' }]
    expect(compareSchemas(before, [column('b', 'bigint'), column('a')])).toEqual([])
  })
})

describe('a column that was renamed', () => {
  const renames = (before: SourceColumn[], now: SourceColumn[]) =>
    compareSchemas(before, now).flatMap((change) => (change.kind === 'RENAMED' ? [[change.column, change.to]] : []))

  test.each([
    ['customer_id', 'customerId'],
    ['KUNDEN_NR', 'kundennr'],
    ['kunnr', 'kunnr_new'],
    ['kunnr', 'sap_kunnr'],
    ['kunnr', 'kunnrV2'],
    ['address_1', 'address_1_new'],
    ['amount', 'amout'],
    ['invoice_number', 'invoice_nummer'],
    ['straße', 'Straße'],
  ])('is known by its name: %s is now %s', (from, to) => {
    expect(renames(columns('first', from), columns('first', 'between', to))).toEqual([[from, to]])
  })

  test.each([
    ['kunde', 'customer_id'],
    ['vbeln', 'ebeln'],
    ['address1', 'address2'],
    ['address_1_1', 'address_11'],
    ['address_1', 'address_1_2'],
    ['level1', 'level10'],
    ['name', 'first_name'],
    ['active', 'inactive'],
    ['id', 'tax_id'],
    ['$$$', '___'],
  ])('is not seen in names that are not alike: %s and %s', (from, to) => {
    expect(compareSchemas(columns('first', from), columns('first', 'between', to)).map(({ kind }) => kind)).toEqual([
      'REMOVED',
      'ADDED',
      'ADDED',
    ])
  })

  test('is known by its place between the same neighbours, whatever its name', () => {
    expect(renames(columns('id', 'kunde', 'amount'), columns('id', 'customer_id', 'amount', 'note'))).toEqual([['kunde', 'customer_id']])
    expect(renames(columns('kunde', 'amount'), columns('customer_id', 'amount'))).toEqual([['kunde', 'customer_id']])
    const retyped = [column('id'), column('customer_id'), column('amount', 'integer')]
    expect(renames(columns('id', 'kunde', 'amount'), retyped)).toEqual([])
    expect(renames(columns('id', 'kunde', 'ort', 'amount'), columns('id', 'customer_id', 'city', 'amount'))).toEqual([])
  })

  test('is not known by its place at the end, where databases add', () => {
    expect(renames(columns('id', 'kunde'), columns('id', 'customer_id'))).toEqual([])
    expect(renames(columns('kunde'), columns('customer_id'))).toEqual([])
  })

  test('has the same type', () => {
    expect(renames([column('kunnr', 'bigint'), column('z')], [column('kunnr_new'), column('z')])).toEqual([])
  })

  test('is the likelier of two, and none where both are as likely', () => {
    expect(renames(columns('kunnr'), columns('kunnr_new', 'Kunnr'))).toEqual([['kunnr', 'Kunnr']])
    expect(renames(columns('kunnr_new', 'Kunnr'), columns('kunnr'))).toEqual([['Kunnr', 'kunnr']])
    expect(renames(columns('kunnr'), columns('kunnr_new', 'kunnr_old'))).toEqual([])
    expect(renames(columns('kunnr_new', 'kunnr_old'), columns('kunnr'))).toEqual([])
  })

  test('says so of its name before its place', () => {
    expect(renames(columns('id', 'kunde', 'ort'), columns('id', 'other', 'ort', 'kunde_new'))).toEqual([['kunde', 'kunde_new']])
  })

  test('is found among many alike, and by names of any length, at once', () => {
    const letters = Array.from({ length: 12 }, (_, index) => String.fromCharCode(97 + index))
    const many = letters.flatMap((first) => letters.map((second) => `measured_value_of_${first}${second}`))
    expect(renames(columns(...many), columns(...many.map((name) => name.toUpperCase())))).toHaveLength(many.length)
    const long = ['a', 'b', 'c'].map((letter) => letter.repeat(50_000))
    expect(renames(columns(...long), columns(...long.map((name) => `x${name}x`)))).toHaveLength(long.length)
  })
})

test.each<[string, SchemaChange]>([
  ['"amount" is now text (was numeric(15,2))', { kind: 'RETYPED', column: 'amount', before: typed('numeric(15,2)'), now: typed('text') }],
  [
    '"n" is now int (was int unsigned)',
    { kind: 'RETYPED', column: 'n', before: typed('bigint', true, 'int unsigned'), now: typed('integer', true, 'int') },
  ],
  [
    '"n" is now text (was bigint)',
    { kind: 'RETYPED', column: 'n', before: typed('bigint', true, 'value'), now: typed('text', true, 'value') },
  ],
  [
    '"kunde" was renamed to "customer_id"',
    { kind: 'RENAMED', column: 'kunde', to: 'customer_id', before: typed('text'), now: typed('text') },
  ],
  [
    '"kunde" was renamed to "customer_id", which may be empty now (was NOT NULL)',
    { kind: 'RENAMED', column: 'kunde', to: 'customer_id', before: typed('text', false), now: typed('text') },
  ],
  ['"old" is gone (was date)', { kind: 'REMOVED', column: 'old', before: typed('date') }],
  ['"new" is new (date)', { kind: 'ADDED', column: 'new', now: typed('date') }],
  ['"a" may be empty now (was NOT NULL)', { kind: 'NULLABILITY', column: 'a', before: typed('text', false), now: typed('text') }],
  ['"a" is NOT NULL now (was nullable)', { kind: 'NULLABILITY', column: 'a', before: typed('text'), now: typed('text', false) }],
])('%s', (words, change) => {
  expect(describeChange(change)).toBe(words)
})

const propose = (fields: FieldMapping[] | null, before: SourceColumn[], now: SourceColumn[]) =>
  proposeMapping({ stream: 'bseg', fields, before, now, changes: compareSchemas(before, now) })

describe('the proposed mapping', () => {
  const before = [
    column('id', 'bigint', false),
    column('kunnr'),
    column('amount', 'numeric(15,2)', false),
    column('old', 'date'),
    column('xmin'),
  ]
  const now = [column('id', 'bigint'), column('kunnr_new'), column('amount', 'text', false), column('xmin'), column('kunnr', 'integer')]
  // A column that comes under the name of one that went is the same one, with another type.
  const changed = now.slice(0, 4)

  test('of all columns follows them, under the names that they had', () => {
    expect(propose(null, before, [...changed, column('added', 'json')])).toEqual({
      stream: 'bseg',
      changes: compareSchemas(before, [...changed, column('added', 'json')]),
      fields: [
        field('id'),
        field('kunnr_new', { destination: 'kunnr' }),
        field('amount', { type: 'text' }),
        field('xmin', { destination: 'xmin_' }),
        field('added'),
      ],
    })
    expect(propose(null, before, now).fields[1]).toEqual(field('kunnr', { type: 'integer' }))
  })

  test('keeps what people gave, and changes what must follow', () => {
    const transforms: FieldMapping['transforms'] = [{ kind: 'TRIM' }]
    const fields = [
      field('kunnr', { destination: 'customer', type: 'character varying(10)', default: '-', transforms }),
      field('amount', { destination: 'net', default: '0' }),
      field('amount', { destination: 'net as text', type: 'character varying(20)' }),
      field('id', { destination: 'first', nullable: false }),
      field('id', { destination: 'second', nullable: true }),
      field('old', { destination: 'gone' }),
      field(null, { type: 'text', transforms: [{ kind: 'CONSTANT', value: 'SAP' }] }),
    ]
    expect(propose(fields, before, changed).fields).toEqual([
      { ...fields[0], source: 'kunnr_new' },
      { ...fields[1], type: 'text' },
      fields[2],
      { ...fields[3], nullable: true },
      fields[4],
      fields[6],
    ])
  })

  test('of a column that may no longer be empty follows, unless the mapping empties it itself', () => {
    const fields = [
      field('a', { nullable: true }),
      field('a', { destination: 'b', nullable: true, transforms: [{ kind: 'NULL_VALUES', values: ['-'] }] }),
      field('a', { destination: 'c', nullable: null }),
    ]
    const nullable = propose(fields, [column('a')], [column('a', 'text', false)]).fields.map((proposed) => proposed.nullable)
    expect(nullable).toEqual([false, true, null])
  })

  test('gives a new column another name where its own is taken, or was until now', () => {
    const fields = [field('id', { destination: 'added' }), field('old', { destination: 'other' })]
    const proposed = propose(fields, columns('id', 'old'), columns('id', 'added', 'other', 'ctid')).fields
    expect(proposed.map(({ source, destination }) => [source, destination])).toEqual([
      ['id', 'added'],
      ['added', 'added_2'],
      ['other', 'other_2'],
      ['ctid', 'ctid_'],
    ])
  })

  test('does not read a column twice that a field reads already', () => {
    expect(propose([field('added', { destination: 'mine' })], columns('id'), columns('id', 'added')).fields).toHaveLength(1)
  })
})

describe('the policy', () => {
  const before = [column('id', 'bigint', false), column('kunnr'), column('amount', 'numeric(15,2)'), column('old', 'date')]
  const now = [column('id', 'bigint'), column('kunnr_new'), column('amount'), column('added', 'json')]
  const changes = compareSchemas(before, now)
  const check = (policy: Partial<Parameters<typeof checkPolicy>[1]>, fields: FieldMapping[] | null) => {
    const { stop, tell, ignored } = checkPolicy(changes, { added: 'ADD', removed: 'STOP', retyped: 'STOP', ...policy }, fields)
    return { stop: stop.map(({ column }) => column), tell: tell.map(({ column }) => column), ignored }
  }

  test('stops for what is gone and retyped, where all columns are taken', () => {
    expect(check({}, null)).toEqual({ stop: ['kunnr', 'amount', 'old'], tell: ['id', 'added'], ignored: [] })
    expect(check({ removed: 'IGNORE' }, null)).toEqual({ stop: ['amount'], tell: ['id', 'kunnr', 'old', 'added'], ignored: [] })
  })

  test('of new columns stops, or leaves them out', () => {
    expect(check({ added: 'STOP' }, null)).toEqual({ stop: ['kunnr', 'amount', 'old', 'added'], tell: ['id'], ignored: [] })
    expect(check({ added: 'IGNORE' }, null)).toEqual({ stop: ['kunnr', 'amount', 'old'], tell: ['id'], ignored: ['added'] })
  })

  test('takes the new name of a column for a new one, once it may go', () => {
    expect(check({ added: 'STOP', removed: 'IGNORE' }, null)).toEqual({
      stop: ['kunnr', 'amount', 'added'],
      tell: ['id', 'old'],
      ignored: [],
    })
    expect(check({ added: 'IGNORE', removed: 'IGNORE' }, null)).toEqual({
      stop: ['amount'],
      tell: ['id', 'kunnr', 'old'],
      ignored: ['kunnr_new', 'added'],
    })
  })

  test.each([
    ['nothing that went or has another type', [field('id'), field(null)], []],
    ['columns that went', [field('old'), field('kunnr')], ['kunnr', 'old']],
    ['one with another type', [field('amount')], ['amount']],
    ['one whose type is given', [field('amount', { type: 'text' })], []],
    [
      'one whose type is given once of two times',
      [field('amount', { type: 'text' }), field('amount', { destination: 'again' })],
      ['amount'],
    ],
  ])('counts what the fields read: %s', (_what, fields, stop) => {
    const told = changes.map(({ column }) => column).filter((name) => !stop.includes(name))
    for (const added of ['ADD', 'IGNORE', 'STOP'] as const) expect(check({ added }, fields)).toEqual({ stop, tell: told, ignored: [] })
  })
})

describe('the failure', () => {
  const failure = (before: SourceColumn[], now: SourceColumn[]) =>
    failureOf(compareSchemas(before, now), propose(null, before, now), 'bseg')

  test('names every column with what was expected and found, and what to do', () => {
    const before = [column('amount', 'numeric(15,2)'), column('kunde'), column('id'), column('old', 'date')]
    const now = [column('amount'), column('kunde_new'), column('id')]
    const error = failure(before, now)
    expect(error.message).toBe(
      'Column mismatch in stream "bseg": "amount" is now text (was numeric(15,2)); "kunde" was renamed to "kunde_new"; "old" is gone (was date). Apply the proposed mapping, or undo the change at the source; then run Sync Now again.',
    )
    expect(error).toMatchObject({
      code: 'COLUMN_MISSING',
      place: { step: 'DISCOVER', stream: 'bseg' },
      proposal: propose(null, before, now),
    })
  })

  test.each([
    ['COLUMN_MISSING', columns('a', 'b'), columns('a')],
    ['COLUMN_MISSING', columns('kunnr'), columns('kunnr_new')],
    ['COLUMN_MISSING', columns('a', 'b'), [column('a', 'date')]],
    ['COLUMN_TYPE_CHANGED', columns('a'), [column('a', 'date')]],
    ['COLUMN_TYPE_CHANGED', columns('a'), columns('a', 'b')],
  ])('is %s', (code, before, now) => {
    expect(failure(before, now).code).toBe(code)
  })
})

/** Few names, many of them alike, so that all kinds of changes meet. */
const names = [
  'id',
  'kunnr',
  'kunnr_new',
  'KUNNR',
  'kunde',
  'customer_id',
  'customerId',
  'address1',
  'address2',
  'amount',
  'amout',
  'xmin',
  'xmin_',
  '',
]
const anyColumns = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('text', 'date', 'numeric(15,2)'), fc.boolean())
    .map(([name, type, nullable]) => column(name, type, nullable)),
  { selector: ({ name }) => name },
)
const anyFields = fc.uniqueArray(
  fc.record<FieldMapping>({
    source: fc.constantFrom(...names, null),
    destination: fc.constantFrom(...names.slice(0, -1), 'kunnr_2', 'other'),
    type: fc.constantFrom('text', null),
    nullable: fc.constantFrom(true, false, null),
    default: fc.constant(null),
    transforms: fc.constant([]),
  }),
  { selector: ({ destination }) => destination },
)

test('any changes lead from the columns before to those now', () => {
  fc.assert(
    fc.property(anyColumns, anyColumns, (before, now) => {
      const changes = compareSchemas(before, now)
      const found = new Map(before.map(({ name, ...type }) => [name, type]))
      for (const change of changes) {
        if (change.kind !== 'ADDED') expect(found.get(change.column)).toBeDefined()
        if (change.kind === 'REMOVED' || change.kind === 'RENAMED') found.delete(change.column)
        const name = change.kind === 'RENAMED' ? change.to : change.column
        if (change.kind === 'ADDED' || change.kind === 'RENAMED') expect(found.has(name)).toBe(false)
        if ('now' in change) found.set(name, change.now)
      }
      expect(found).toEqual(new Map(now.map(({ name, ...type }) => [name, type])))
    }),
  )
})

test('any proposal resolves against what the source has, and stops no run', () => {
  fc.assert(
    fc.property(anyColumns, anyColumns, fc.option(anyFields), (before, now, fields) => {
      const proposal = propose(fields, before, now)
      const resolved = resolveMapping(now, proposal.fields, 'bseg')
      expect(new Set(resolved.map(({ name }) => name)).size).toBe(resolved.length)
      const policy = { added: 'STOP', removed: 'STOP', retyped: 'STOP' } as const
      expect(checkPolicy(proposal.changes, policy, proposal.fields).stop).toEqual([])
      if (fields === null) expect(new Set(resolved.map(({ source }) => source?.name))).toEqual(new Set(now.map(({ name }) => name)))
    }),
  )
})
