import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { hanaDriver } from '../hana/driver.ts'
import { mssqlDriver } from '../mssql/driver.ts'
import { oracleDriver } from '../oracle/driver.ts'
import { accessTo } from '../testing/source-access.ts'
import { failed } from '../testing/values.ts'

const loaded = () =>
  ['tedious', 'oracledb', 'hdb'].filter((name) =>
    Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes(`/node_modules/${name}/`)),
  )

test('a kind’s library is loaded by its first run, and no other with it', async () => {
  expect([mssqlDriver.kind, oracleDriver.kind, hanaDriver.kind]).toEqual(['mssql', 'oracle', 'hana'])
  expect(loaded()).toEqual([])
  const targets = { refusal: () => 'it is not for workers' }
  const access = accessTo('hana://reader:x@127.0.0.1:1/', { settings: { database: undefined }, targets })
  expect(await failed(hanaDriver.test(access))).toMatchObject({ code: 'PERMISSION_DENIED' })
  expect(loaded()).toEqual(['hdb'])
})
