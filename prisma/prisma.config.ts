import { defineConfig } from 'prisma/config'

// DATABASE_URL is needed by `prisma migrate` only, never to generate the client.
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
})
