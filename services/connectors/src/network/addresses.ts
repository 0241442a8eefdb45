/** The addresses of a host, each checked before one of them is connected to. */

import { lookup } from 'node:dns/promises'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { isUnreachable } from './errors.ts'

export type Peer = { host: string; port: number }

/** @throws SyncError PERMISSION_DENIED for a network that the worker may not reach */
const resolve = async ({ host, port }: Peer, { targets }: SourceAccess, deadline: AbortSignal): Promise<string[]> => {
  const found = await unlessAborted(lookup(host, { all: true }), deadline)
  const addresses = found.map(({ address }) => address)
  for (const address of addresses) {
    const refusal = targets.refusal(address, port)
    if (refusal !== null)
      throw new SyncError('PERMISSION_DENIED', `Workers may not connect to ${host}:${port}: ${refusal}.`, { place: { step: 'CONNECT' } })
  }
  return addresses
}

/** A lookup cannot be ended; it can be left alone. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((fulfil, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(fulfil, reject).finally(() => signal.removeEventListener('abort', abort))
  })

/**
 * Tries the addresses of a host in turn, each with its share of the time, until one is reached; what that one says counts.
 *
 * @param deadline ends the lookup and the tries; `connect` heeds it itself
 */
export const connectToAny = async <T>(
  peer: Peer,
  { access, deadline }: { access: SourceAccess; deadline: AbortSignal },
  connect: (address: string, patienceMs: number) => Promise<T>,
): Promise<T> => {
  const addresses = await resolve(peer, access, deadline)
  const shareMs = access.connectTimeoutMs / addresses.length
  let last: unknown = Object.assign(new Error('The name has no address.'), { code: 'ENOTFOUND' })
  for (const address of addresses) {
    try {
      return await connect(address, shareMs)
    } catch (error) {
      last = error
      if (deadline.aborted || !isUnreachable(error)) break
    }
  }
  throw last
}
