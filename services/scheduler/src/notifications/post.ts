/** One POST of JSON: to an address that may be reached, within a time limit, following no redirect. */

import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { TargetPolicy } from '@aiia/core/sync/source'
import { checkedLookup, checkLiteral, type Refuse } from '@aiia/kit/checked-lookup'

export type Post = { url: URL; headers: Record<string, string>; body: string }

export type Posted = {
  status: number
  headers: IncomingMessage['headers']
  /** How the answer begins. */
  text: string
}

/** An answer says little; what a receiver adds beyond this is not read. */
const mostBytes = 2_000

export class TargetRefusedError extends Error {
  override readonly name = 'TargetRefusedError'
}

/** @throws whatever keeps it from an answer; a TimeoutError when the time is over */
export const post = ({ url, headers, body }: Post, { targets, timeoutMs }: { targets: TargetPolicy; timeoutMs: number }): Promise<Posted> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:'
    const port = Number(url.port || (secure ? 443 : 80))
    const refuse: Refuse = (address) => {
      const reason = targets.refusal(address, port)
      return reason === null ? null : new TargetRefusedError(reason)
    }
    checkLiteral(url.hostname, refuse)
    const request = (secure ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'AIIA-Data-Refresh',
        ...headers,
      },
      lookup: checkedLookup(refuse),
      // Kept connections would be no gain, and could be closed by the receiver at the wrong moment.
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
    })
    request.on('error', (error) => reject(error.name === 'AbortError' && error.cause instanceof Error ? error.cause : error))
    request.on('response', (response) => {
      beginningOf(response).then((text) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        request.destroy()
      }, reject)
    })
    request.end(body)
  })

const beginningOf = async (response: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size >= mostBytes) break
  }
  return Buffer.concat(parts).subarray(0, mostBytes).toString('utf8')
}
