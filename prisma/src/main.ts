/** Applies the migrations and exits: the first step of a deployment. */

import { databaseUrl } from './env.ts'
import { migrate } from './migrate.ts'

const url = databaseUrl()
if (url === undefined) {
  console.error('DATABASE_URL is not set. It names the platform’s Postgres: postgresql://user:password@host:5432/database')
  process.exit(1)
}
const applied = await migrate(url)
console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
