/** Signs a webhook as the Standard Webhooks specification says, so that receivers can check it with any of its libraries. */

import { createHmac } from 'node:crypto'

const prefix = 'whsec_'

/** A secret that begins with `whsec_` is base64, as the specification has it; any other is taken as it is. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.from(secret, 'utf8')

type Signed = { id: string; seconds: number; body: string }

/** HMAC-SHA256 over id, time and body: `v1,<base64>`. */
export const signatureOf = (secret: string, { id, seconds, body }: Signed): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64')}`
