/** The troubles of a network, on the way to a server. */

import type { TcpProxy } from '@aiia/testkit/tcp-proxy'
import type { Trouble } from './kind-under-test.ts'

/** A piece of 64 KB takes so long: some seconds for all of `large`. */
const slowness = 40

/**
 * @param port of the server, which `heal` leads to again
 * @param asks the kind asks anew for every page: between two of them a connection is refused rather than lost
 */
export const troubleOn = (way: TcpProxy, port: number, { asks = false } = {}): Trouble => ({
  slow: async () => way.delay(slowness),
  lose: () => (asks ? way.refuseAmid() : way.refuse()),
  loss: 'CONNECTION_LOST',
  heal: () => {
    way.leadTo(port)
    return way.heal()
  },
})
