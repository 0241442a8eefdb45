import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from './free-port.ts'
import { platformDatabase } from './platform-database.ts'
import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

const ping = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('error', reject)
    socket.once('data', (data) => {
      socket.destroy()
      resolve(data.toString().trim())
    })
  })

// A folder that only we may enter: under root the server runs as somebody else.
const folder = mkdtempSync(join(tmpdir(), 'aiia-testkit-'))
beforeAll(() => {
  process.env.TMPDIR = folder
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a Postgres of its own: UTF-8, 200 connections, loopback only, gone with its folder after stop', async () => {
  const server = await startPostgres({ settings: { work_mem: '5MB' } })
  expect(readdirSync(folder)).toHaveLength(1)
  expect(await ask(server.url, 'SHOW server_encoding')).toBe('UTF8')
  expect(await ask(server.url, 'SHOW max_connections')).toBe('200')
  expect(await ask(server.url, 'SHOW listen_addresses')).toBe('127.0.0.1')
  expect(await ask(server.url, 'SHOW unix_socket_directories')).toBe('')
  expect(await ask(server.url, 'SHOW work_mem')).toBe('5MB')
  const url = await server.createDatabase()
  await server.restart()
  expect(await ask(url, 'SELECT 1')).toBe(1)
  await expect(ask(url.replace(':test@', ':other@'), 'SELECT 1')).rejects.toThrow('password authentication failed')
  await server.stop()
  await expect(ask(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  expect(readdirSync(folder)).toEqual([])
})

test('platform databases have the schema and are apart from each other', async () => {
  const server = await startPostgres()
  const [first, second] = await Promise.all([platformDatabase(server), platformDatabase(server)])
  expect(first).not.toBe(second)
  await ask(first, `INSERT INTO platform.connectors (id, name, kind, settings, updated_at) VALUES ('c', 'SAP', 'postgres', '{}', now())`)
  expect(await ask(first, 'SELECT count(*)::int FROM platform.connectors')).toBe(1)
  expect(await ask(second, 'SELECT count(*)::int FROM platform.connectors')).toBe(0)
  await server.stop()
})

test('a Redis of its own, that can be killed and comes back on the same port', async () => {
  const redis = await startRedis()
  expect(await ping(redis.port)).toBe('+PONG')
  await redis.kill()
  await expect(ping(redis.port)).rejects.toThrow('ECONNREFUSED')
  await redis.restart()
  expect(await ping(redis.port)).toBe('+PONG')
  await redis.stop()
  await expect(ping(redis.port)).rejects.toThrow('ECONNREFUSED')
})

test('a free port is the wanted one, or another where that is taken', async () => {
  const port = await freePort()
  expect(await freePort(port)).toBe(port)
  const redis = await startRedis()
  expect(await freePort(redis.port)).not.toBe(redis.port)
  await redis.stop()
})
