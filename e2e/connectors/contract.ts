/** What every kind that is called verified must do, on a real server, through the public API of a running platform. */

import { expect, test } from 'vitest'
import { changed, datasets } from './datasets.ts'
import type { Mishap, SourceUnderTest } from './kind-under-test.ts'
import { rowFailures } from './row-failures.ts'
import { type Contract, createWork, type Work } from './work.ts'

/** Registers the cases; those of one kind run one after the other. */
export const testContract = (contract: Contract): void => {
  const work = createWork(contract)
  testRows(work, contract.source)
  testInterruptions(work, contract.source)
  testSchemaChanges(work, contract.source)
  testFailures(work, contract)
}

type GetSource = () => SourceUnderTest

const testRows = (work: Work, source: GetSource): void => {
  test('happy path', async () => {
    const connector = await work.completeFirst('happy')
    await work.complete(connector, { read: 3_000, inserted: 0, updated: 0, unchanged: 3_000 })
    await work.expectImage('happy')
  })

  test('empty', async () => {
    const connector = await work.completeFirst('empty')
    await work.complete(connector, { read: 0, inserted: 0, updated: 0, unchanged: 0 })
  })

  test('wide', async () => void (await work.completeFirst('wide')))

  test('huge cells', async () => void (await work.completeFirst('huge')))

  test('all types', async () => {
    for (const [index, { stream, columns }] of source().types.entries()) {
      const table = `types_${index}`
      await work.complete(await work.connect(table, stream), { read: 2, inserted: 2 })
      const names = columns.map(({ name }) => name)
      const types = await work.typesOf(table)
      expect(names.map((name) => [name, types.get(name)])).toEqual(columns.map(({ name, type }) => [name, type]))
      const [first, second] = await work.read(table, names)
      expect(names.map((name, at) => [name, first?.[at]])).toEqual(columns.map(({ name, text }) => [name, text]))
      expect(second).toEqual(columns.map(({ empty = null }) => empty))
    }
  })

  test('unicode', async () => void (await work.completeFirst('unicode')))
}

const testInterruptions = (work: Work, source: GetSource): void => {
  test('cancel mid-stream', async () => {
    const connector = await work.connect('large', source().streamOf('large'))
    await source().trouble.slow()
    const id = await work.trigger(connector)
    await work.untilReading(id)
    await work.cancel(id)
    expect(await work.ended(id)).toMatchObject({ status: 'CANCELLED' })
    await work.untilLeft()
    expect(await work.exists('large')).toBe(false)
  })

  test('connection lost mid-stream', async () => {
    const { trouble } = source()
    const connector = await work.connect('lost', source().streamOf('large'))
    await trouble.slow()
    const id = await work.trigger(connector)
    await work.untilReading(id)
    await trouble.lose()
    const run = await work.ended(id)
    await work.expectFailure(run, trouble.loss)
    expect(await work.exists('lost')).toBe(false)
    await trouble.heal()
    expect(await work.retry(id)).toMatchObject({ status: 'COMPLETED', counts: { inserted: datasets.large.rows.length } })
    expect(await work.read('lost', ['id', 'filler'])).toEqual(datasets.large.rows)
  })

  test('slow source', async () => {
    await source().trouble.slow()
    const connector = await work.connect('slow', source().streamOf('large'))
    expect(await work.sync(connector)).toMatchObject({ status: 'COMPLETED', counts: { inserted: datasets.large.rows.length } })
    expect(await work.read('slow', ['id', 'filler'])).toEqual(datasets.large.rows)
  })
}

const testSchemaChanges = (work: Work, source: GetSource): void => {
  test('column renamed or dropped', async () => {
    const change = async (name: 'renamed' | 'dropped', changes: object[]) => {
      const connector = await work.completeFirst(name)
      await source().change(name, changed[name])
      const run = await work.sync(connector)
      await work.expectFailure(run, 'COLUMN_MISSING', '"unit_price"')
      expect(await work.proposalOf(run.id)).toMatchObject({ changes })
      await work.expectImage(name)
      await source().trouble.heal()
    }
    await change('renamed', [{ kind: 'RENAMED', column: 'unit_price', to: 'unit_prices' }])
    await change('dropped', [{ kind: 'REMOVED', column: 'unit_price', to: null }])
  })

  test('column retyped', async () => {
    const connector = await work.completeFirst('retyped')
    await source().change('retyped', changed.retyped)
    await work.expectFailure(await work.sync(connector), source().retyped, '"unit_price"')
    await work.expectImage('retyped')
  })

  test('column added', async () => {
    const connector = await work.completeFirst('added')
    await source().change('added', changed.added)
    expect(await work.sync(connector)).toMatchObject({ status: 'COMPLETED', counts: { read: 3, rejected: 0, deleted: 0 } })
    await work.expectImage('added', changed.added)
  })
}

declare module 'vitest' {
  interface TaskMeta {
    /** How the failure that the case is named for came about. */
    mishaps?: string[]
  }
}

/** A case a code: each of its mishaps ends a run with it, commits nothing, and leaves nothing behind at the source. */
const testFailures = (work: Work, { source, codes }: Contract): void => {
  test.for(codes)('%s', async (code, { task }) => {
    const { failures } = source()
    expect(codes).toEqual(expect.arrayContaining(Object.keys(failures)))
    const mishaps: Mishap[] = [...(rowFailures(source())[code] ?? []), ...(failures[code] ?? [])]
    expect(mishaps).not.toEqual([])
    for (const [index, mishap] of mishaps.entries()) await suffer(work, source(), { code, mishap, name: `${code}_${index}`.toLowerCase() })
    task.meta.mishaps = mishaps.map(({ by }) => by)
  })
}

type Suffering = { code: string; mishap: Mishap; name: string }

const suffer = async (work: Work, { streamOf, trouble }: SourceUnderTest, { code, mishap, name }: Suffering): Promise<void> => {
  const { stream = streamOf('happy'), isKnown = false, before, meanwhile, names } = mishap
  const connector = await work.connect(name, stream, mishap)
  if (isKnown) expect(await work.sync(connector)).toMatchObject({ status: 'COMPLETED' })
  await before?.()
  const run = await work.trigger(connector)
  if (meanwhile) await work.untilReading(run)
  await meanwhile?.()
  await work.expectFailure(await work.ended(run), code, names)
  expect(await work.exists(name)).toBe(isKnown)
  await trouble.heal()
  await work.untilLeft()
}
