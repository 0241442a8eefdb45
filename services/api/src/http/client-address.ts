/** The network address of who sends a request. */

import type { IncomingMessage } from 'node:http'

/**
 * @param trustProxy whether a reverse proxy of ours stands in front; what it appended to X-Forwarded-For is the client.
 *   Without one the header is anybody's text and is not looked at.
 */
export const clientAddress = ({ headers, socket }: IncomingMessage, trustProxy: boolean): string => {
  const forwarded = trustProxy ? [headers['x-forwarded-for']].flat().join(',').split(',').at(-1)?.trim() : undefined
  // IPv4 on a socket of both families.
  return (forwarded || (socket.remoteAddress ?? 'unknown')).replace(/^::ffff:(?=\d+\.)/i, '')
}
