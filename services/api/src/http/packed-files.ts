/** Scripts and styles of the console, which its build has packed (web/pack-static.mjs): which they are, and what is sent. */

import type { IncomingMessage } from 'node:http'

const file = /^(?<path>\/_next\/static\/[^?]+\.(?<kind>js|css))(?<query>\?.*)?$/
const types: Record<string, string> = { js: 'application/javascript; charset=UTF-8', css: 'text/css; charset=UTF-8' }

/** Not a client that names the encoding to refuse it. */
const takesBrotli = /\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/

export type PackedFile = {
  /** Where it lies, beside the plain one. */
  url: string
  /** Beside those that the console sends with it. */
  headers: Record<string, string>
}

/** @returns null for whatever else is asked for, and for clients that cannot unpack it */
export const packedFileFor = ({ method, url, headers }: IncomingMessage): PackedFile | null => {
  const { path, kind, query = '' } = file.exec(url ?? '')?.groups ?? {}
  const type = types[kind ?? '']
  if (method !== 'GET' || path === undefined || type === undefined) return null
  if (!takesBrotli.test(headers['accept-encoding']?.toString() ?? '')) return null
  return { url: `${path}.br${query}`, headers: { 'content-type': type, 'content-encoding': 'br', vary: 'Accept-Encoding' } }
}
