/** A real OData server of a test's own: SAP's CAP with a model for tests, which it serves as v4 and as v2. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { largeRows, model as testModel } from './odata/model.ts'

export type TestOData = {
  port: number
  /** Of the service root in v4 and in v2. */
  v4: string
  v2: string
  user: string
  password: string
  /** Makes entities, as JSON with 64-bit numbers and decimals as texts. */
  insert(entitySet: string, ...entities: object[]): Promise<void>
  /** @param key as it stands in a URL: `1`, `company='1000',document='42',line=1` */
  update(entitySet: string, key: string, changes: object): Promise<void>
  stop(): Promise<void>
}

type Options = {
  /** Of the entity set `Large`. */
  rows?: number
  /** Instead of the model for tests, in CDS: a service `source` at the path `source`. */
  model?: string
  /** What the service does itself, as the text of a CommonJS module of CAP, for a model of the test's own. */
  handlers?: string
  /** CSV texts by the names of their entities, for a model of the test's own. */
  data?: Readonly<Record<string, string>>
  /** Most rows that one answer holds. */
  pageSize?: number
  /** Decimals and 64-bit numbers as JSON texts, exact; else as JSON numbers, as JavaScript rounds them. */
  numbersAsText?: boolean
}

const require = createRequire(import.meta.url)
const [user, password] = ['reader', 'reader-password']

export const startOData = async (options: Options = {}): Promise<TestOData> => {
  const { rows = 0, pageSize = 1_000, numbersAsText = true, model = testModel, handlers, data = { Large: largeRows(rows) } } = options
  const folder = mkdtempSync(join(tmpdir(), 'aiia-test-odata-'))
  const server = require.resolve('@sap/cds/bin/serve.js')
  // Its plugins are looked up from the project's folder.
  symlinkSync(server.slice(0, server.lastIndexOf(`${sep}@sap${sep}`)), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project(pageSize, numbersAsText)))
  writeFileSync(join(folder, 'services.cds'), model)
  if (handlers !== undefined) writeFileSync(join(folder, 'services.js'), handlers)
  mkdirSync(join(folder, 'data'))
  for (const [entity, csv] of Object.entries(data)) writeFileSync(join(folder, 'data', `source-${entity}.csv`), csv)
  const child = spawn(process.execPath, [server, 'all', '--port', '0', '--in-memory'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
  })
  const exited = once(child, 'exit')
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000)
  })
  const port = await portOf(child.stdout).catch((error: Error) => {
    throw new Error(`${error.message}\n${errors}`, { cause: error })
  })
  // By this name, since v2 links to its pages by it, however it was asked.
  const origin = `http://localhost:${port}`
  const v4 = `${origin}/odata/v4/source/`
  const send = async (method: string, path: string, body: object): Promise<void> => {
    const answer = await fetch(v4 + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        'content-type': 'application/json;IEEE754Compatible=true',
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
  }
  return {
    port,
    v4,
    v2: `${origin}/odata/v2/source/`,
    user,
    password,
    insert: async (entitySet, ...entities) => {
      for (const entity of entities) await send('POST', entitySet, entity)
    },
    update: (entitySet, key, changes) => send('PATCH', `${entitySet}(${key})`, changes),
    stop: async () => {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const project = (pageSize: number, numbersAsText: boolean) => ({
  name: 'odata-source',
  dependencies: { '@cap-js/sqlite': '*', '@cap-js-community/odata-v2-adapter': '*' },
  cds: {
    requires: {
      // Without the first, any name signs in.
      auth: { kind: 'basic', login_required: true, users: { '*': false, [user]: { password } } },
      // SQLite as WebAssembly: needs no native build, and lives in memory.
      db: { kind: 'sqlite', driver: 'sql.js', credentials: { url: ':memory:' } },
    },
    query: { limit: { max: pageSize, default: pageSize } },
    features: { ieee754compatible: numbersAsText },
  },
})

/** It says so itself, in its log. */
const portOf = async (log: Readable): Promise<number> => {
  let text = ''
  log.setEncoding('utf8')
  for await (const piece of log.iterator({ destroyOnReturn: false })) {
    text += piece
    const port = /listening on .*:(\d+)/.exec(text)?.[1]
    if (port !== undefined) {
      log.resume()
      return Number(port)
    }
  }
  throw new Error(`The OData server did not start: ${text}`)
}
