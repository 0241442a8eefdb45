import oracledb, { type Connection } from 'oracledb'
import { expect, test } from 'vitest'
import { requestsOn } from './requests.ts'

/** What the driver is asked for, and rows of so many batches; the rest of a connection is not used. */
const connectionOf = (batches: unknown[][][], dbType: unknown = oracledb.DB_TYPE_VARCHAR) => {
  const asked: string[] = []
  let released = (_error?: Error): void => {}
  const resultSet = {
    metaData: [{ name: 'A', dbType }],
    getRows: async (most: number) => {
      asked.push(`rows ${most}`)
      return batches.shift() ?? []
    },
    close: async () => void asked.push('close'),
  }
  const connection = {
    execute: async (sql: string) => {
      asked.push(sql)
      if (sql !== 'endless') return { resultSet, rows: [{ A: 1 }] }
      return new Promise((_, reject) => {
        released = (error) => reject(error)
      })
    },
    getStatementInfo: async () => ({ metaData: resultSet.metaData }),
    break: async () => {
      asked.push('break')
      released(Object.assign(new Error('ORA-01013: user requested cancel'), { code: 'ORA-01013' }))
    },
  } as unknown as Connection
  return { asked, connection }
}

const destroyed: string[] = []
const destroy = (): void => void destroyed.push('destroyed')

test('rows are fetched when they are asked for, and the cursor is closed at the end', async () => {
  const { asked, connection } = connectionOf([[['1'], ['2']], [['3']]])
  const rows: unknown[] = []
  for await (const batch of requestsOn({ oracledb, connection, destroy }).read('select a from t')) {
    rows.push(...batch)
    expect(asked.filter((what) => what.startsWith('rows'))).toHaveLength(rows.length > 2 ? 2 : 1)
  }
  expect(rows).toEqual([['1'], ['2'], ['3']])
  expect(asked).toEqual(['select a from t', 'rows 500', 'rows 500', 'rows 500', 'close'])
})

test('large objects come a few rows at a time', async () => {
  const { asked, connection } = connectionOf([[['x']]], oracledb.DB_TYPE_CLOB)
  for await (const _ of requestsOn({ oracledb, connection, destroy }).read('select a from t'));
  expect(asked).toContain('rows 8')
})

test('leaving the rows closes the cursor, and there is nothing to break off', async () => {
  const { asked, connection } = connectionOf([[['1']], [['2']]])
  const requests = requestsOn({ oracledb, connection, destroy })
  for await (const _ of requests.read('select a from t')) break
  await requests.interrupt()
  expect(asked).toEqual(['select a from t', 'rows 500', 'close'])
})

test('a call under way is broken off at the server, and says that it was', async () => {
  const { asked, connection } = connectionOf([])
  const requests = requestsOn({ oracledb, connection, destroy })
  const reading = requests.read('endless').next()
  reading.catch(() => {})
  await requests.interrupt()
  await expect(reading).rejects.toThrow('ORA-01013')
  expect(asked).toEqual(['endless', 'break'])
  expect(destroyed).toEqual([])
})

test('a server that does not end the call has its connection ended', async () => {
  const { connection } = connectionOf([])
  const requests = requestsOn({ oracledb, connection: { ...connection, break: async () => {} }, destroy })
  requests
    .read('endless')
    .next()
    .catch(() => {})
  await requests.interrupt()
  expect(destroyed).toEqual(['destroyed'])
})
