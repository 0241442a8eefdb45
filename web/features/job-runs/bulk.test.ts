import { expect, test } from 'vitest'
import type { JobRunStatus } from '@/graphql/generated/graphql.ts'
import { cancellable, namesOf, retryable, summarise } from './bulk.ts'

const run = (number: number, status: JobRunStatus, connector = `c${number}`) => ({
  id: `r${number}`,
  number,
  status,
  connector: { id: connector, name: connector.toUpperCase() },
})
const numbers = (runs: { number: number }[]) => runs.map(({ number }) => number)

const all = [run(7, 'RUNNING'), run(6, 'PENDING'), run(5, 'FAILED', 'a'), run(4, 'ERROR', 'a'), run(3, 'CANCELLED'), run(2, 'COMPLETED')]

test('what is active can be cancelled', () => {
  expect(numbers(cancellable(all))).toEqual([7, 6])
})

test('what has not completed can be retried, of each connector the newest', () => {
  expect(numbers(retryable(all))).toEqual([5, 3])
  expect(numbers(retryable(all.toReversed()))).toEqual([3, 5])
})

test('connectors are named, each once, and not too many', () => {
  expect(namesOf([run(1, 'FAILED', 'a')])).toBe('A')
  expect(namesOf([run(1, 'FAILED', 'a'), run(2, 'FAILED', 'b'), run(3, 'FAILED', 'a')])).toBe('A and B')
  expect(namesOf([1, 2, 3, 4, 5].map((number) => run(number, 'FAILED')))).toBe('C1, C2, C3 and 2 more')
})

test('one sentence sums up', () => {
  const [first, second] = [run(1, 'FAILED'), run(2, 'FAILED')]
  const done = { run: first, refusal: null }
  expect(summarise('retry', [done])).toEqual({ title: '1 run was retried', description: undefined })
  expect(summarise('cancel', [done, { run: second, refusal: 'It has ended.' }])).toEqual({
    title: '1 of 2 runs were cancelled',
    description: '#2: It has ended.',
  })
})
