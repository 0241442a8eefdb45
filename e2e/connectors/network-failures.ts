/** What the way to a server can do to a run: the same for every kind that has one. */

import type { TcpProxy } from '@aiia/testkit/tcp-proxy'
import type { Failures, StreamSource } from './kind-under-test.ts'

type Way = {
  way: TcpProxy
  /** The settings that name another host. */
  settingsAt(host: string): object
  /** A server of the machine that speaks another protocol. */
  stranger: number
  large: StreamSource
}

/** Of `large`, which has six: where a connection breaks. */
const megabyte = 1_000_000

export const networkFailures = ({ way, settingsAt, stranger, large }: Way) =>
  ({
    CONNECTION_TIMEOUT: [
      {
        by: 'silence',
        limits: { connectTimeoutSeconds: 1 },
        before: () => way.blackHole(),
        names: `127.0.0.1:${way.port}`,
      },
    ],
    CONNECTION_REFUSED: [{ by: 'a closed port', before: () => way.refuse(), names: `127.0.0.1:${way.port}` }],
    HOST_NOT_FOUND: [{ by: 'a name without an address', settings: settingsAt('source.invalid'), names: 'source.invalid' }],
    CONNECTION_LOST: [
      { by: 'a cut between rows', stream: large, before: () => way.cutAfter(megabyte), names: `127.0.0.1:${way.port}` },
      { by: 'a reset between rows', stream: large, before: () => way.resetAfter(megabyte), names: `127.0.0.1:${way.port}` },
    ],
    PROTOCOL_ERROR: [{ by: 'another service on that port', before: () => way.leadTo(stranger), names: `127.0.0.1:${way.port}` }],
  }) satisfies Failures

/** The codes that come of it, in the order of the table. */
export const networkCodes = [
  'CONNECTION_TIMEOUT',
  'CONNECTION_REFUSED',
  'HOST_NOT_FOUND',
  'TLS_FAILED',
  'CONNECTION_LOST',
  'INVALID_CREDENTIALS',
  'PERMISSION_DENIED',
  'PROTOCOL_ERROR',
  'SOURCE_UNAVAILABLE',
] as const
