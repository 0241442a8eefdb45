/**
 * Generates the Prisma client and the types that Pothos needs. `prisma generate` uses no engine, yet wants to
 * download one; naming any existing file spares the download, so that a machine without internet can build.
 */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const cli = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build', 'index.js')
execFileSync(process.execPath, [cli, 'generate', '--no-hints'], {
  cwd: import.meta.dirname,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
})
