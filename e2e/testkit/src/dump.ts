/** All that the platform keeps, as text, so that a test can search it for what must not be there. */

import { connect } from 'node:net'
import pg from 'pg'

/** Every row of every table, as JSON. */
export const dumpDatabase = async (databaseUrl: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    const rows: string[] = []
    for (const { name } of tables.rows) {
      const result = await client.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${name} t`)
      for (const { row } of result.rows) rows.push(`${name} ${row}`)
    }
    return rows
  } finally {
    await client.end()
  }
}

const everyKey = `
local all = {}
local read = { string = {'GET'}, hash = {'HGETALL'}, list = {'LRANGE', 0, -1}, set = {'SMEMBERS'}, zset = {'ZRANGE', 0, -1, 'WITHSCORES'}, stream = {'XRANGE', '-', '+'} }
for _, key in ipairs(redis.call('KEYS', '*')) do
  local command = read[redis.call('TYPE', key).ok]
  all[#all + 1] = cjson.encode({ key, redis.call(command[1], key, unpack(command, 2)) })
end
return table.concat(all, '\\n')`

/** Every key with its value, as JSON. One command, so that it needs no client library. */
export const dumpRedis = (port: number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.once('error', reject)
    socket.on('data', (chunk) => chunks.push(chunk))
    // QUIT makes the server close when it has answered.
    socket.once('close', () => {
      const [head = '', ...lines] = Buffer.concat(chunks).toString().split('\r\n')
      if (head.startsWith('-')) reject(new Error(head.slice(1)))
      else
        resolve(
          lines
            .join('\r\n')
            .replace(/\r\n\+OK\r\n$/, '')
            .split('\n')
            .filter(Boolean),
        )
    })
    const words = ['EVAL', everyKey, '0']
    socket.write(`*3\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}*1\r\n$4\r\nQUIT\r\n`)
  })
