/** Databases with the platform's schema: migrated once a server, then copied, which takes a fraction of the time. */

import { migrate } from '@aiia/prisma/migrate'
import type { TestPostgres } from './postgres.ts'

const templates = new WeakMap<TestPostgres, Promise<string>>()

/** @returns the url of a fresh database that nobody else uses */
export const platformDatabase = async (server: TestPostgres): Promise<string> => {
  const template = templates.get(server) ?? makeTemplate(server)
  templates.set(server, template)
  return server.createDatabase(await template)
}

const makeTemplate = async (server: TestPostgres): Promise<string> => {
  const url = await server.createDatabase()
  await migrate(url)
  return new URL(url).pathname.slice(1)
}
