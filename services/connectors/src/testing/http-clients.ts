/** HTTP clients of the tests, closed when their test ends. */

import { text } from 'node:stream/consumers'
import { afterEach } from 'vitest'
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../network/http-client.ts'
import type { HttpAccess } from '../network/http-transport.ts'

export type Failure = { code: string; message: string; retryAfterMs: number | undefined }

const opened: HttpClient[] = []
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close()
})

/** Of an API without sign-in, that may be connected to wherever it is. */
export const clientOf = ({
  targets = { refusal: () => null },
  connectTimeoutMs = 5_000,
  signal = new AbortController().signal,
  ...options
}: Partial<HttpClientOptions> & Partial<HttpAccess> = {}): HttpClient => {
  const client = createHttpClient({ targets, connectTimeoutMs, signal }, { authentication: { kind: 'none' }, what: 'The API', ...options })
  opened.push(client)
  return client
}

export const read = async (client: HttpClient, url: URL): Promise<string> => text((await client.get(url)).body)

export const failureOf = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    (result) => {
      throw new Error(`It worked: ${String(result)}`)
    },
    ({ code, message, retryAfterMs }: Failure) => ({ code, message, retryAfterMs }),
  )
