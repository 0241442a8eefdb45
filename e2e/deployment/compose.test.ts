/** The production shape, held to the code as far as that goes without a container engine. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..', '..')
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')

type Service = {
  image: string
  command?: string[]
  environment?: Record<string, string>
  ports?: string[]
  depends_on?: Record<string, unknown>
  healthcheck?: unknown
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const dockerfile = read('Dockerfile')
const own = Object.entries(compose.services).filter(([, { image }]) => image.startsWith('aiia/'))

test('every part of the platform is a container of its own', () => {
  expect(Object.keys(compose.services).toSorted()).toEqual(['api', 'migrate', 'postgres', 'redis', 'scheduler', 'web', 'worker'])
})

test('only the api is reachable from outside', () => {
  expect(Object.keys(compose.services).filter((name) => compose.services[name]?.ports !== undefined)).toEqual(['api'])
})

test.each(own)('%s starts a program that the build makes', (_name, { command }) => {
  const program = command?.find((word) => word.endsWith('.js'))
  if (program !== undefined) expect(existsSync(join(root, program.replace('/dist/', '/src/').replace(/\.js$/, '.ts')))).toBe(true)
})

test.each(own.filter(([name]) => name !== 'web'))('%s is given settings that it reads', (name, { environment = {} }) => {
  const env = name === 'migrate' ? read('prisma', 'src', 'env.ts') : read('services', name, 'src', 'env.ts')
  const common = read('services', 'kit', 'src', 'env.ts')
  for (const setting of Object.keys(environment))
    expect(env + common, `${name} does not read ${setting}`).toMatch(new RegExp(`\\b${setting}\\b`))
})

test('what a service waits for exists, and has a health check where its health is waited for', () => {
  for (const { depends_on: waits = {} } of Object.values(compose.services)) {
    for (const [name, how] of Object.entries(waits)) {
      const awaited = compose.services[name]
      expect(awaited, name).toBeDefined()
      if ((how as { condition: string }).condition === 'service_healthy') expect(awaited?.healthcheck, name).toBeDefined()
    }
  }
})

test('the image installs every workspace that the lockfile names', () => {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] }
  const folders = workspaces.flatMap((workspace) =>
    workspace.endsWith('/*')
      ? readdirSync(join(root, workspace.slice(0, -2))).map((name) => `${workspace.slice(0, -2)}/${name}`)
      : [workspace],
  )
  for (const folder of folders) expect(dockerfile).toContain(`COPY ${folder}/package.json ${folder}/`)
})

test('no secret has a default', () => {
  const text = read('docker-compose.yml')
  for (const secret of ['POSTGRES_PASSWORD', 'SECRET_KEY']) {
    expect(text).toMatch(new RegExp(`\\$\\{${secret}:\\?`))
    expect(text).not.toMatch(new RegExp(`\\$\\{${secret}:-`))
  }
})
