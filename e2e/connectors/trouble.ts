/** The troubles of a network, on the way to a server. */

import type { TcpProxy } from '@aiia/testkit/tcp-proxy'
import type { Trouble } from './kind-under-test.ts'

/** A piece of 64 KB takes so long: some seconds for all of `large`. */
const slowness = 40

export const troubleOn = (way: TcpProxy): Trouble => ({
  slow: async () => way.delay(slowness),
  lose: () => way.refuse(),
  loss: 'CONNECTION_LOST',
  silence: () => way.blackHole(),
  heal: () => way.heal(),
})
