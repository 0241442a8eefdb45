/** Name lookups of a socket: an address is given out only when it may be reached, so that no name leads past the rule. */

import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'

/** The reason why an address, which a host name stands for or which is written instead of one, may not be reached; null: it may. */
export type Refuse = (address: string, host: string) => Error | null

/**
 * For the `lookup` option of a socket or an agent. One refused address of a name refuses the name.
 * A socket to an IP literal asks for no lookup: `checkLiteral` goes before it.
 */
export const checkedLookup =
  (refuse: Refuse): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, [])
      const refused = found.map(({ address }) => refuse(address, host)).find((reason) => reason !== null)
      if (refused !== undefined) return callback(refused, [])
      const [first] = found
      if (options.all === true || first === undefined) return callback(null, found)
      callback(null, first.address, first.family)
    })
  }

/** @throws what `refuse` has against a host that is an address */
export const checkLiteral = (host: string, refuse: Refuse): void => {
  const address = host.replace(/^\[(.*)\]$/, '$1')
  const refused = isIP(address) === 0 ? null : refuse(address, host)
  if (refused !== null) throw refused
}
