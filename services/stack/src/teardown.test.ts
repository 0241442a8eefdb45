import { expect, test } from 'vitest'
import { createTeardown } from './teardown.ts'

test('stops in the reverse order, tells what failed, and spares nothing', async () => {
  const stopped: string[] = []
  const failed: unknown[] = []
  const teardown = createTeardown((error) => failed.push(error))
  teardown.add(() => void stopped.push('postgres'))
  teardown.add(() => Promise.reject(new Error('stuck')))
  teardown.add(async () => void stopped.push('api'))
  await teardown.run()
  expect(stopped).toEqual(['api', 'postgres'])
  expect(failed).toEqual([new Error('stuck')])
  teardown.add(() => void stopped.push('late'))
  await teardown.run()
  expect(stopped).toEqual(['api', 'postgres', 'late'])
})
