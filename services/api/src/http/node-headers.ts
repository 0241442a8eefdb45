/** Node's request headers as the web's `Headers`. */

import type { IncomingHttpHeaders } from 'node:http'

export const toHeaders = (headers: IncomingHttpHeaders): Headers => {
  const result = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const part of Array.isArray(value) ? value : [value]) if (part !== undefined) result.append(name, part)
  }
  return result
}
