/** Name lookups of sockets that libraries open by themselves: an address is given out only when it may be reached. */

import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { SyncError } from '@aiia/core/failures/failure'
import type { TargetPolicy } from '@aiia/core/sync/source'
import type { Peer } from './addresses.ts'

/**
 * For the `lookup` option of a socket or an agent. One refused address of a name refuses the name, as everywhere.
 * A socket to an IP literal asks for no lookup: `checkLiteral` goes before it.
 *
 * @param port what the sockets connect to; a lookup is not told
 */
export const checkedLookup =
  (targets: TargetPolicy, port: number): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, [])
      const refused = found.map(({ address }) => refusalOf({ host, port }, address, targets)).find((refusal) => refusal !== null)
      if (refused !== undefined) return callback(refused, [])
      const [first] = found
      if (options.all === true || first === undefined) return callback(null, found)
      callback(null, first.address, first.family)
    })
  }

/** @throws SyncError PERMISSION_DENIED for a host that is an address that the worker may not reach */
export const checkLiteral = (targets: TargetPolicy, { host, port }: Peer): void => {
  const address = host.replace(/^\[(.*)\]$/, '$1')
  const refused = isIP(address) === 0 ? null : refusalOf({ host, port }, address, targets)
  if (refused !== null) throw refused
}

const refusalOf = ({ host, port }: Peer, address: string, targets: TargetPolicy): SyncError | null => {
  const refusal = targets.refusal(address, port)
  if (refusal === null) return null
  return new SyncError('PERMISSION_DENIED', `Workers may not connect to ${host}:${port}: ${refusal}.`, { place: { step: 'CONNECT' } })
}
