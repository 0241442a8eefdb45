/** The port of a named instance, as the SQL Server Browser tells it. [MC-SQLR], 2.2.3 and 2.2.5. */

import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { withTimeout } from '@aiia/kit/with-timeout'
import { connectToAny, type Peer } from '../network/addresses.ts'
import { toNetworkError } from '../network/errors.ts'

export const browserPort = 1434

const askForInstance = 0x04
/** Datagrams get lost; it is asked again after so long. */
const askAgainMs = 1_000

/**
 * @param browser where it listens
 * @throws SyncError
 */
export const findInstancePort = async (
  instance: string,
  browser: Peer,
  { access, deadline }: { access: SourceAccess; deadline: AbortSignal },
): Promise<number> => {
  try {
    const answer = await connectToAny(browser, { access, deadline }, (address, patienceMs) =>
      ask(instance, { host: address, port: browser.port }, withTimeout(deadline, patienceMs)),
    )
    // `…;InstanceName;SQLEXPRESS;IsClustered;No;Version;16.0.1000.6;tcp;49712;;`
    const port = Number(/;tcp;(\d+)/.exec(answer)?.[1])
    if (port > 0 && port <= 65_535) return port
  } catch (error) {
    throw error instanceof SyncError ? error : (toNetworkError(error, browser, access.connectTimeoutMs) ?? error)
  }
  throw new SyncError('PROTOCOL_ERROR', `The instance "${instance}" of ${browser.host} does not listen on TCP, or has another name.`, {
    place: { step: 'CONNECT' },
  })
}

const ask = (instance: string, { host, port }: Peer, patience: AbortSignal): Promise<string> =>
  new Promise<string>((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    const question = Buffer.concat([Buffer.from([askForInstance]), Buffer.from(`${instance}\0`)])
    const send = (): void => socket.send(question)
    let again: NodeJS.Timeout | undefined
    const abort = (): void => void socket.emit('error', patience.reason as Error)
    patience.addEventListener('abort', abort, { once: true })
    socket.once('close', () => {
      clearInterval(again)
      patience.removeEventListener('abort', abort)
    })
    socket.on('error', (error) => {
      reject(error)
      socket
        .removeAllListeners('error')
        .on('error', () => {})
        .close()
    })
    socket.once('message', (answer) => {
      resolve(answer.toString('latin1', 3))
      socket.close()
    })
    socket.once('connect', () => {
      again = setInterval(send, askAgainMs)
      send()
    })
    socket.connect(port, host)
  })
