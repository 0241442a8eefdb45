/** An ErrorResponse of the server, with the fields and names that the driver gives its own errors. */

/** https://www.postgresql.org/docs/current/protocol-error-fields.html */
const fieldNames = { C: 'code', D: 'detail', H: 'hint', P: 'position', s: 'schema', t: 'table', c: 'column', n: 'constraint' } as const

export type ServerErrorFields = { [name in (typeof fieldNames)[keyof typeof fieldNames]]?: string }

export class ServerError extends Error {
  override readonly name = 'ServerError'
  /** SQLSTATE. */
  readonly code: string | undefined
  readonly fields: ServerErrorFields

  constructor(message: string, fields: ServerErrorFields) {
    super(message)
    this.code = fields.code
    this.fields = fields
  }
}

/** A source can put hundreds of megabytes into a text, and a string of those may end the whole process. */
const longestTextBytes = 16_000

/** @param payload of an ErrorResponse: a type byte and a text for each field, ended by a zero byte */
export const parseErrorResponse = (payload: Buffer): ServerError => {
  const fields: ServerErrorFields = {}
  let message = 'The server reported an error without a message.'
  for (let at = 0; at < payload.length && payload[at] !== 0; ) {
    const end = payload.indexOf(0, at + 1)
    const key = String.fromCharCode(payload[at] ?? 0)
    const text = payload.toString('utf8', at + 1, Math.min(end < 0 ? payload.length : end, at + 1 + longestTextBytes))
    if (key === 'M') message = text
    else if (key in fieldNames) fields[fieldNames[key as keyof typeof fieldNames]] = text
    at = end < 0 ? payload.length : end + 1
  }
  return new ServerError(message, fields)
}

/** The connection ended before or while a COPY was under way. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
}
