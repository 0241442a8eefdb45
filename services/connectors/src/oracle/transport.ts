/**
 * Has the thin driver open its sockets through us. It knows no hook for that, cannot be told to stop connecting, and goes by
 * itself to wherever a listener sends it on; all of that is in one class of its own. As of oracledb 26.0.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import type { Connection, ConnectionAttributes } from 'oracledb'
import type { Peer } from '../network/addresses.ts'

export type Oracledb = typeof import('oracledb')

export type Way = {
  open(to: Peer): Promise<Socket>
  /** Called when the socket has a reader, and TLS where there is any. */
  hear(socket: Socket, peer: Peer): void
}

type Address = { host: string; hostname: string; port: number }

type Transport = {
  stream: Socket
  connected: boolean
  address?: Peer
  ntConnect(address: Address): Promise<void>
  startRead(): void
}

/** Which of the connections being made at the same time it is. */
const ways = new AsyncLocalStorage<Way>()

let loading: Promise<Oracledb> | undefined

/** Loading takes half a second and is left to the runs that need it; what is loaded is changed once. */
export const loadOracledb = (): Promise<Oracledb> => {
  loading ??= import('oracledb').then(({ default: oracledb }) => {
    const { prototype } = createRequire(import.meta.url)('oracledb/lib/thin/sqlnet/ntTcp.js') as { prototype: Transport }
    const { ntConnect, startRead } = prototype
    prototype.ntConnect = async function (this: Transport, address) {
      const way = ways.getStore()
      if (way === undefined) return ntConnect.call(this, address)
      this.address = { host: address.hostname, port: address.port }
      this.stream = await way.open(this.address)
      this.connected = true
    }
    prototype.startRead = function (this: Transport) {
      startRead.call(this)
      if (this.address !== undefined) ways.getStore()?.hear(this.stream, this.address)
    }
    return oracledb
  })
  return loading
}

export const getConnection = (oracledb: Oracledb, attributes: ConnectionAttributes, way: Way): Promise<Connection> =>
  ways.run(way, () => oracledb.getConnection(attributes))
