/** The troubles of a network, on the way to a server. */

import type { TcpProxy } from '@aiia/testkit/tcp-proxy'
import type { Trouble } from './kind-under-test.ts'

/** A piece of 64 KB takes so long: some seconds for all of `large`. */
const slowness = 40

/** @param port of the server, which `heal` leads to again */
export const troubleOn = (way: TcpProxy, port: number): Trouble => ({
  slow: async () => way.delay(slowness),
  lose: () => way.refuse(),
  loss: 'CONNECTION_LOST',
  heal: () => {
    way.leadTo(port)
    return way.heal()
  },
})
