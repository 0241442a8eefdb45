/** How a user proves who they are, and how the server does. */

import { createHash } from 'node:crypto'
import { SyncError } from '@aiia/core/failures/failure'
import ssh2, { type AuthenticationType } from 'ssh2'
import type { SftpCredentials, SftpSettings } from './config.ts'

/**
 * Picks the next way to sign in, of those that the server offers, until none is left.
 *
 * @param heard is told what the server offers
 */
export const waysToSignIn = ({ privateKey, password }: SftpCredentials, heard: (offered: AuthenticationType[]) => void) => {
  const left: AuthenticationType[] = [
    ...(privateKey === undefined ? [] : ['publickey' as const]),
    ...(password === undefined ? [] : ['password' as const, 'keyboard-interactive' as const]),
  ]
  return (offered: AuthenticationType[] | null): AuthenticationType | false => {
    // Nobody has been asked yet: this asks.
    if (offered === null) return 'none'
    heard(offered)
    const next = left.find((way) => offered.includes(way))
    if (next === undefined) return false
    // A wrong password would be wrong twice, and some servers count.
    left.splice(left.indexOf(next), next === 'password' ? 2 : 1)
    return next
  }
}

/** `SHA256:…`, as OpenSSH prints it. */
export const fingerprintOf = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** @returns why the server is not trusted, or null when it is */
export const distrustOf = (key: Buffer, { host, port, hostKey, acceptAnyHostKey }: SftpSettings): SyncError | null => {
  const found = `${fingerprintOf(key)}${typeOf(key)}`
  const failed = (message: string) => new SyncError('TLS_FAILED', message, { place: { step: 'CONNECT' } })
  if (hostKey !== undefined)
    return hostKey.replace(/=$/, '') === fingerprintOf(key)
      ? null
      : failed(
          `${host}:${port} shows another host key: expected ${hostKey}, found ${found}. Check with its administrator before you pin the new one.`,
        )
  if (acceptAnyHostKey) return null
  return failed(`No host key is pinned for ${host}:${port}, which shows ${found}. Check that this is its key and set it as the host key.`)
}

const typeOf = (key: Buffer): string => {
  const parsed = ssh2.utils.parseKey(key)
  return parsed instanceof Error ? '' : ` (${parsed.type})`
}
