import { isDeepStrictEqual } from 'node:util'
import { isFinal } from '@aiia/core/job-run/status'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelRun } from './finish-run.ts'
import { makeConnector } from './testing/fixtures.ts'
import { type Done, type Made, observe, perform } from './testing/run-actors.ts'
import { choose } from './testing/run-choices.ts'
import { emptyModel, type Model, type ModelRun, type Operation, step } from './testing/run-model.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

/** `npm run test:model` asks for many more. */
const sequences = Number(process.env['SEQUENCES'] ?? 200)
const actors = 4
const maxAttempts = 2

let server: TestPostgres
let stores: TestStore[]
beforeAll(async () => {
  server = await startPostgres()
  // Sequences side by side would sweep and deliver for one another in one database.
  stores = await Promise.all(Array.from({ length: actors }, () => openStore(server, { connections: 3 })))
})
afterAll(async () => {
  await Promise.all((stores ?? []).map((store) => store.close()))
  await server?.stop()
})

/** One operation, or two at the same moment: each a number that picks among what could happen, and sizes. */
const pick = fc.record({
  pick: fc.noBias(fc.nat({ max: 999_999 })).map((value) => value / 1_000_000),
  rows: fc.nat({ max: 9 }),
  lines: fc.nat({ max: 3 }),
})
const turn = fc.oneof({ arbitrary: fc.tuple(pick), weight: 3 }, { arbitrary: fc.tuple(pick, pick), weight: 1 })
type Turn = typeof turn extends fc.Arbitrary<infer Picks> ? Picks : never

/** The hand of the test on the clock is no actor, and what is done for all runs at once is not one step. */
const alone = new Set<Operation['type']>(['lease ends', 'time passes', 'deliver', 'requeue'])

/** `lived`: what was done so far, for whoever reads a failure. */
type World = { model: Model; made: Made; lived: readonly string[] }

const operationsOf = ({ model }: World, picks: Turn): Operation[] => {
  const operations = picks.map(({ pick: chosen, ...sizes }) => choose(model, chosen, sizes))
  return operations.some(({ type }) => alone.has(type)) ? operations.slice(0, 1) : operations
}

/** The world after operations in this order, and what the model answers to each. */
const after = ({ model, made, lived }: World, order: readonly (Done & { operation: Operation })[]): World & { answers: string[] } => {
  const answers = order.map(({ operation }) => {
    const next = step(model, operation)
    model = next.model
    return next.answer
  })
  const ids = [...made.runs.map(({ id }) => id), ...order.flatMap(({ run }) => run ?? [])]
  const runs = ids.map((id, index) => ({ id, attempt: model.runs[index]?.attempt ?? 1 }))
  const claims = [...made.claims, ...order.flatMap(({ claim }) => claim ?? [])]
  const now = order.map(({ operation, answer }) => `${JSON.stringify(operation)} ${answer}`).join(' with ')
  return { model, made: { ...made, runs, claims }, lived: [...lived, now], answers }
}

const visible = ({ runs }: Model): ModelRun[] => runs.map(({ connector: _connector, leaseOver: _leaseOver, waits: _waits, ...run }) => run)

/** Takes the turn in the store and in the model. Two operations at once must look as if one had come before the other. */
const take = async (store: TestStore, world: World, picks: Turn): Promise<World> => {
  const operations = operationsOf(world, picks)
  const done = await Promise.all(operations.map(async (operation) => ({ operation, ...(await perform(store, world.made, operation)) })))
  const outcomes = await Promise.all(
    [done, done.toReversed()].map(async (order) => {
      const { answers, ...next } = after(world, order)
      const expected = { answers, runs: visible(next.model) }
      const seen = { answers: order.map(({ answer }) => answer), runs: await observe(store, next.made.runs) }
      return { next, expected, seen }
    }),
  )
  const fits = outcomes.find(({ expected, seen }) => isDeepStrictEqual(seen, expected)) ?? outcomes[0]
  expect(fits?.seen, fits?.next.lived.join('\n')).toEqual(fits?.expected)
  return fits?.next ?? world
}

/** So that the next life is not swept or delivered with this one. */
const endAll = async (store: TestStore, { model, made }: World): Promise<void> => {
  for (const [index, { id }] of made.runs.entries())
    if (!isFinal(model.runs[index]?.status ?? 'CANCELLED')) await cancelRun(store, { runId: id, by: 'the test' })
}

test(`${sequences} random lives of runs are those of the model, late and repeated messages included`, { timeout: 3_600_000 }, async () => {
  await Promise.all(
    stores.map((store) =>
      fc.assert(
        fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 30, size: 'max' }), async (turns) => {
          const connectors = [await makeConnector(store, { maxAttempts }), await makeConnector(store, { maxAttempts })]
          let world: World = { model: emptyModel(maxAttempts), made: { connectors, runs: [], claims: [] }, lived: [] }
          for (const picks of turns) world = await take(store, world, picks)
          await endAll(store, world)
        }),
        { numRuns: Math.ceil(sequences / actors), endOnFailure: true },
      ),
    ),
  )
})
