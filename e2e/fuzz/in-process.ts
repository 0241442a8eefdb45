/** Answers to HTTP requests without a network: all of the client but its sockets is at work. */

import { Readable } from 'node:stream'
import { Agent, type Dispatcher } from 'undici'
import { cutBytes } from './memory-store.ts'

export type Answer = { status?: number; headers?: Record<string, string>; body: Buffer }

let answerTo: (url: URL) => Answer = () => ({ status: 500, body: Buffer.alloc(0) })
let cutSeedNow: number | null = null

const request = async ({ origin, path }: Dispatcher.RequestOptions): Promise<unknown> => {
  const { status = 200, headers = {}, body } = answerTo(new URL(`${String(origin)}${path}`))
  return { statusCode: status, headers, body: Readable.from(cutBytes(body, cutSeedNow), { objectMode: false }) }
}
// The client makes its agents itself.
Object.defineProperty(Agent.prototype, 'request', { value: request })

/** Until the next call, everything that is asked for is answered so. */
export const answerWith = (cutSeed: number | null, answer: (url: URL) => Answer): void => {
  answerTo = answer
  cutSeedNow = cutSeed
}
