/** Ends what a client's server process is doing, from beside: the protocol's CancelRequest. */

import { connect } from 'node:net'
import type pg from 'pg'
import { cancelTarget } from './taken-socket.ts'

const cancelRequestCode = 80_877_102
const patienceMs = 2_000

/**
 * The server answers nothing, whether it cancelled or not; the query itself ends with SQLSTATE 57014.
 *
 * @returns when the server has closed the connection, which it does after it passed the request on; never rejects
 */
export const cancelQuery = (client: pg.Client): Promise<void> => {
  const { host, port, processId, secretKey } = cancelTarget(client)
  if (host === undefined || port === undefined) return Promise.resolve()
  const request = Buffer.alloc(16)
  request.writeInt32BE(16, 0)
  request.writeInt32BE(cancelRequestCode, 4)
  request.writeInt32BE(processId, 8)
  request.writeInt32BE(secretKey, 12)
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patienceMs }, () => socket.end(request))
    socket.on('error', () => resolve())
    socket.on('timeout', () => socket.destroy())
    socket.on('close', () => resolve())
    socket.resume()
  })
}
