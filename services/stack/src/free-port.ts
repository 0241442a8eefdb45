/** A TCP port of 127.0.0.1 that nobody listens on. */

import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { errorCode } from './error-code.ts'

/** @param wanted is taken if it is free */
export const freePort = async (wanted?: number): Promise<number> => {
  // Below the range from which systems take the ports of outgoing connections: one that is kept is free next time too.
  const port = wanted ?? randomInt(20_000, 32_000)
  return (await portFault(port, '127.0.0.1')) === undefined ? port : freePort()
}

/** @returns why nobody can listen there (EADDRINUSE, EACCES, EADDRNOTAVAIL), undefined where one can */
export const portFault = (port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(errorCode(error) ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
