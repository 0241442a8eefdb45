/** Whom the server runs as: Postgres refuses to run as root, so that root gives its rights away for it. */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { PostgresError } from './postgres-error.ts'

export type Account = { uid: number; gid: number; name: string }

/**
 * @returns undefined where the server simply runs as ourselves
 * @throws PostgresError where root finds nobody to run it as
 */
export const serverAccount = (dataDir: string): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined
  // A folder that an ordinary user made stays that user's, so that both can start it.
  const owner = existsSync(dataDir) ? statSync(dataDir) : undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `user ${owner.uid}` }
  for (const name of ['postgres', 'nobody']) {
    const account = lookUp(name)
    if (account) return account
  }
  throw new PostgresError(
    'Postgres does not run as root, and this machine has no user "postgres" or "nobody" to run it as. Start as another user.',
  )
}

const lookUp = (name: string): Account | undefined => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid), name } : undefined
}
