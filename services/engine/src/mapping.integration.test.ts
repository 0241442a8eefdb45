import { createHmac } from 'node:crypto'
import type { FieldMapping } from '@aiia/core/sync/mapping'
import type { Source } from '@aiia/core/sync/source'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSyncFixture, type Stream, type SyncFixture } from './testing/sync-fixture.ts'

let server: TestPostgres
let fixture: SyncFixture
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  fixture = await openSyncFixture(server)
})
afterEach(() => fixture.close())

const field = (source: string | null, changes: Partial<FieldMapping> = {}): FieldMapping => ({
  source,
  destination: source ?? 'made',
  type: null,
  nullable: null,
  default: null,
  transforms: [],
  ...changes,
})
const stored = async (columns: string) => (await fixture.destination.query(`SELECT ${columns} FROM destination.items ORDER BY 1`)).rows
const typesAt = async () =>
  (
    await fixture.destination.query<{ name: string; type: string }>(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
       WHERE attrelid = 'destination.items'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> '_aiia_run' ORDER BY attnum`,
    )
  ).rows.map(({ name, type }) => `${name} ${type}`)

const items: Stream = { name: 'items', source: { table: 'public.items' } }

describe('a mapping', () => {
  beforeEach(async () => {
    await fixture.source.query(
      `CREATE TABLE items (id int PRIMARY KEY, belnr text, betrag text, datum text, tags text[], ort text);
       INSERT INTO items VALUES (1, ' A-1 ', '1.234,56', '24.11.2026', '{a,b}', 'Köln'), (2, 'n/a', '7,5-', '01.02.2026', NULL, NULL)`,
    )
  })

  test('renames, types and transforms, and leaves out what it does not name', async () => {
    const fields = [
      field('id', { destination: 'document_id', type: 'bigint' }),
      field('belnr', { destination: 'document', transforms: [{ kind: 'TRIM' }, { kind: 'NULL_VALUES', values: ['n/a'] }] }),
      field('betrag', { destination: 'amount', type: 'numeric(15,2)', transforms: [{ kind: 'DECIMAL_COMMA' }] }),
      field('datum', { destination: 'posted_on', type: 'date', transforms: [{ kind: 'DATE_FORMAT', format: 'DD.MM.YYYY' }] }),
      field('tags'),
      field('ort', { destination: 'place', default: 'unknown', transforms: [{ kind: 'UPPER' }] }),
      field(null, { destination: 'origin', type: 'text', transforms: [{ kind: 'CONSTANT', value: 'SAP' }] }),
    ]
    expect(await fixture.sync([{ ...items, fields }])).toMatchObject({ read: 2, inserted: 2, rejected: 0 })
    expect(await typesAt()).toEqual([
      'document_id bigint',
      'document text',
      'amount numeric(15,2)',
      'posted_on date',
      'tags text[]',
      'place text',
      'origin text',
    ])
    expect(await stored('document_id::text, document, amount::text, posted_on::text, tags, place, origin')).toEqual([
      { document_id: '1', document: 'A-1', amount: '1234.56', posted_on: '2026-11-24', tags: ['a', 'b'], place: 'KÖLN', origin: 'SAP' },
      { document_id: '2', document: null, amount: '-7.50', posted_on: '2026-02-01', tags: null, place: 'unknown', origin: 'SAP' },
    ])
    // The source's key is found under its new name.
    expect(await fixture.sync([{ ...items, fields }])).toMatchObject({ unchanged: 2, updated: 0 })
  })

  test('conceals what it hashes and masks, in rejected rows as well', async () => {
    const fields = [
      field('id'),
      field('belnr', { transforms: [{ kind: 'SHA256' }] }),
      field('ort', { type: 'integer', nullable: false, transforms: [{ kind: 'MASK', keep: 2 }] }),
    ]
    await fixture.sync([{ ...items, fields, rejectLimit: 2 }])
    expect(fixture.told.rejected).toHaveLength(2)
    expect(fixture.told.rejected[0]).toMatchObject({ column: 'ort', rawValue: null, row: null })
    await fixture.sync([{ ...items, fields: fields.slice(0, 2) }])
    const hash = createHmac('sha256', 'salt of the tests').update(' A-1 ').digest('hex')
    expect((await stored('id, belnr'))[0]).toEqual({ id: 1, belnr: hash })
  })

  test('that was changed rebuilds the table of a refresh, and changes the types of one that is kept', async () => {
    await fixture.sync([{ ...items, fields: [field('id'), field('ort')] }])
    await fixture.sync([{ ...items, fields: [field('id', { type: 'text' }), field('belnr')] }])
    expect(await typesAt()).toEqual(['id text', 'belnr text'])
    await fixture.source.query('CREATE TABLE log (n int PRIMARY KEY, at int); INSERT INTO log VALUES (1, 1)')
    const log: Stream = { ...items, source: { table: 'log' }, mode: 'INCREMENTAL', cursorField: 'n', destinationTable: 'log' }
    await fixture.sync([{ ...log, fields: [field('n'), field('at')] }])
    await fixture.sync([{ ...log, fields: [field('n'), field('at', { type: 'text' })] }])
    expect((await fixture.destination.query('SELECT n, at FROM destination.log')).rows).toEqual([{ n: 1, at: '1' }])
  })

  test.each([
    ['a column that is not there', [field('id'), field('gone')], 'COLUMN_MISSING', '"gone"'],
    ['a default that is none of the type', [field('id'), field('ort', { type: 'integer', default: 'none' })], 'INVALID_QUERY', '"none"'],
  ])('with %s is refused before a row is read', async (_what, fields, code, told) => {
    await expect(fixture.sync([{ ...items, fields }])).rejects.toMatchObject({ code, message: expect.stringContaining(told) })
  })
})

describe('quarantine', () => {
  beforeEach(async () => {
    await fixture.source.query(
      `CREATE TABLE items (id int PRIMARY KEY, amount text);
       INSERT INTO items SELECT i, CASE WHEN i % 400 = 0 THEN 'abc' ELSE i || '.5' END FROM generate_series(1, 2000) i`,
    )
  })
  const fields = [field('id'), field('amount', { type: 'numeric(15,2)' })]

  test('rejects single rows up to the limit, and tells each of them whole', async () => {
    expect(await fixture.sync([{ ...items, fields, rejectLimit: 5 }])).toMatchObject({ read: 2_000, rejected: 5, inserted: 1_995 })
    expect(fixture.told.rejected).toHaveLength(5)
    expect(fixture.told.rejected[1]).toEqual({
      stream: 'items',
      position: 800,
      place: null,
      key: '800',
      column: 'amount',
      rawValue: 'abc',
      rule: 'The value is not a number.',
      row: { id: '800', amount: 'abc' },
    })
  })

  test('over the limit the run ends, the first rows are shown, and nothing is committed', async () => {
    await expect(fixture.sync([{ ...items, fields, rejectLimit: 4 }])).rejects.toMatchObject({
      code: 'ROWS_REJECTED',
      message: expect.stringMatching(/More than 4 rows .* row 400, column "amount", value "abc": The value is not a number\./),
    })
    expect((await fixture.destination.query(`SELECT to_regclass('destination.items') AS made`)).rows).toEqual([{ made: null }])
    expect(fixture.told.rejected.length).toBeGreaterThanOrEqual(5)
  })

  test('counts the rejected rows of chunks that an earlier attempt has kept', async () => {
    const stream = { ...items, fields, rejectLimit: 5, chunkRows: 900 }
    let extracts = 0
    const breaking = (source: Source): Source => ({
      ...source,
      extract: async function* (...of) {
        extracts += 1
        if (extracts === 2) throw new Error('broken off')
        yield* source.extract(...of)
      },
    })
    await expect(fixture.sync([stream], { runId: 'resumed', through: breaking })).rejects.toThrow('broken off')
    expect(fixture.told.rejected).toHaveLength(2)
    expect(await fixture.sync([stream], { runId: 'resumed', attempt: 2 })).toMatchObject({ read: 2_000, rejected: 5, inserted: 1_995 })
    expect(fixture.told.rejected).toHaveLength(3)
  })

  test('rows that were rejected are replayed alone, and never over what a later run has changed', async () => {
    await fixture.sync([{ ...items, fields, rejectLimit: 5 }])
    const { rejected } = fixture.told
    const number = (await stored('"_aiia_run" AS run'))[0].run as number
    await fixture.source.query(`UPDATE items SET amount = '1' WHERE id = 400`)
    await fixture.sync([{ ...items, fields, rejectLimit: 5 }])
    const corrected = [field('id'), field('amount', { type: 'numeric(15,2)', transforms: [{ kind: 'NULL_VALUES', values: ['abc'] }] })]
    const replaying = (source: Source): Source => ({
      ...source,
      copiesBinary: false,
      extract: async function* (_stream, _shape, { rows, columns }) {
        for (const { row } of rejected) {
          for (const [at, { name }] of columns.entries()) {
            const value = row?.[name]
            if (value != null) rows?.set(at, Buffer.from(value), 0, Buffer.byteLength(value))
          }
          rows?.push()
        }
        if (rows !== null) yield rows.end()
      },
    })
    const replay = { runId: 'replayed', number }
    const counts = await fixture.sync([{ ...items, fields: corrected }], { through: replaying, configuration: { replay } })
    expect(counts).toMatchObject({ read: 5, inserted: 4, updated: 0, unchanged: 1 })
    expect(await stored('id, amount::text')).toHaveLength(2_000)
    expect((await stored('id, amount::text'))[399]).toEqual({ id: 400, amount: '1.00' })
  })
})

describe('control totals', () => {
  beforeEach(async () => {
    await fixture.source.query(
      `CREATE TABLE items (id int, amount numeric(15,2)); INSERT INTO items SELECT i, i * 1.01 FROM generate_series(1, 1000) i`,
    )
  })

  test('are computed at the source, compared with what is committed, and stated', async () => {
    const receipts: unknown[] = []
    const guard = async (_transaction: unknown, commit: () => Promise<void>, receipt: unknown) => {
      receipts.push(receipt)
      await commit()
    }
    await fixture.sync([{ ...items, controlTotals: ['amount', 'id'] }], { guard })
    expect(receipts).toMatchObject([
      {
        stream: 'items',
        mode: 'FULL_REFRESH',
        counts: { read: 1_000, inserted: 1_000 },
        controlTotals: {
          rows: { source: '1000', committed: '1000' },
          sums: [
            { column: 'amount', source: '505505.00', committed: '505505.00' },
            { column: 'id', source: '500500', committed: '500500' },
          ],
        },
      },
    ])
  })

  test('that differ end the run, with both sides, and nothing is committed', async () => {
    await fixture.source.query('INSERT INTO items VALUES (1, 5)')
    const stream = { ...items, primaryKey: ['id'], controlTotals: ['amount'] }
    await expect(fixture.sync([stream])).rejects.toMatchObject({
      code: 'CONTROL_TOTAL_MISMATCH',
      message: expect.stringContaining('sum of "amount": 505510.00 at the source, 505508.99 here. 0 rows were rejected, and 1 share'),
    })
    expect((await fixture.destination.query(`SELECT to_regclass('destination.items') AS made`)).rows).toEqual([{ made: null }])
  })

  test('of what cannot be summed exactly are refused', async () => {
    await fixture.source.query('ALTER TABLE items ALTER amount TYPE float8')
    await expect(fixture.sync([{ ...items, controlTotals: ['amount'] }])).rejects.toMatchObject({ code: 'INVALID_QUERY' })
  })
})

describe('a source that has changed', () => {
  beforeEach(async () => {
    await fixture.source.query(`CREATE TABLE items (id int PRIMARY KEY, customer text, price int); INSERT INTO items VALUES (1, 'x', 5)`)
    await fixture.sync([items])
  })
  const proposalOf = async (stream: Stream = items): Promise<{ code: string; message: string; fields: FieldMapping[] }> => {
    const error = (await fixture.sync([stream]).catch((thrown: unknown) => thrown)) as {
      code: string
      message: string
      proposal: { fields: FieldMapping[] }
    }
    return { code: error.code, message: error.message, fields: error.proposal.fields }
  }

  test.each([
    ['renamed', 'ALTER TABLE items RENAME customer TO customer_id', 'COLUMN_MISSING', '"customer" was renamed to "customer_id"'],
    ['dropped', 'ALTER TABLE items DROP COLUMN customer', 'COLUMN_MISSING', '"customer" is gone'],
    ['retyped', 'ALTER TABLE items ALTER price TYPE numeric(9,2)', 'COLUMN_TYPE_CHANGED', '"price" is now numeric(9,2) (was integer)'],
  ])('by a %s column stops the run; with its proposal applied the next one completes', async (_what, sql, code, told) => {
    await fixture.source.query(sql)
    const proposal = await proposalOf()
    expect(proposal).toMatchObject({ code, message: expect.stringContaining(told) })
    expect(await fixture.sync([{ ...items, fields: proposal.fields }])).toMatchObject({ read: 1 })
    expect(await fixture.sync([{ ...items, fields: proposal.fields }])).toMatchObject({ unchanged: 1 })
  })

  test('by a new column: it is added, left out, or stops the run, as the policy says', async () => {
    await fixture.source.query('ALTER TABLE items ADD COLUMN note text')
    const policy = (added: 'STOP' | 'IGNORE' | 'ADD'): Stream => ({ ...items, schemaChanges: { added, removed: 'STOP', retyped: 'STOP' } })
    await expect(fixture.sync([policy('STOP')])).rejects.toMatchObject({ message: expect.stringContaining('"note" is new') })
    await fixture.sync([policy('IGNORE')])
    expect(await typesAt()).toEqual(['id integer', 'customer text', 'price integer'])
    await fixture.sync([{ ...items, fields: null }])
    expect(await typesAt()).toEqual(['id integer', 'customer text', 'price integer', 'note text'])
  })
})
