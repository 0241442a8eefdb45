/** Who may read what of a bucket, and how often: the rules that s3rver leaves out, with the answers that S3 documents. */

import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { account, authenticate, type Context, type Middleware, S3Error } from './s3rver.ts'

export type TemporaryKey = { accessKeyId: string; secretAccessKey: string; sessionToken: string }
export type Rate = { requests: number; seconds: number }

export type Rules = {
  /** For the server's chain, in front of all that reads the query: a signature holds for the request as it came. */
  middleware: Middleware
  /** A key with a session token, such as roles have; it ends at `endsAt`. */
  lend(endsAt: Date): TemporaryKey
  /** Nobody may read the object from now on. */
  forbid(key: string): void
  /** So many requests in so many seconds, from the next one on; what comes beyond is told to slow down. null: no limit. */
  limit(rate: Rate | null): void
  /** The keys that were lent are of no use any more. */
  end(): void
}

/** @param heedsIfMatch whether a read that names another version is refused; not every server does so */
export const createRules = ({ heedsIfMatch }: { heedsIfMatch: boolean }): Rules => {
  const lent = new Map<string, { token: string; endsAt: Date }>()
  const forbidden = new Set<string>()
  let limiter: Limiter = () => 0
  return {
    middleware: async (context, next) => {
      const key = await signIn(context)
      checkToken(context, lent)
      const waitSeconds = limiter()
      if (waitSeconds > 0) return slowDown(context, waitSeconds)
      if (forbidden.has(key)) throw new S3Error('AccessDenied', 'Access Denied')
      await next()
      if (heedsIfMatch) checkVersion(context)
    },
    lend: (endsAt) => {
      const key = {
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(16).toString('hex'),
        sessionToken: randomBytes(16).toString('hex'),
      }
      account.createKeyPair(key.accessKeyId, key.secretAccessKey)
      lent.set(key.accessKeyId, { token: key.sessionToken, endsAt })
      return key
    },
    forbid: (key) => void forbidden.add(key),
    limit: (rate) => {
      limiter = rate === null ? () => 0 : createLimiter(rate)
    },
    end: () => {
      for (const accessKeyId of lent.keys()) account.revokeAccessKey(accessKeyId)
    },
  }
}

/** @returns the key of the object that is asked for; empty: of none */
const signIn = async (context: Context): Promise<string> => {
  const path = decodeURIComponent(context.path.slice(1))
  // As one name: s3rver would leave out the slash behind a bucket, which clients sign.
  context.params = { bucket: path }
  await authenticate(context, async () => {})
  if (context.state.account === undefined) throw new S3Error('AccessDenied', 'Access Denied')
  context.params = {}
  return path.slice(path.indexOf('/') + 1)
}

/** Says nothing more of the sign-in: what is changed of the request from here on is not what was signed. */
const checkToken = ({ headers }: Context, lent: ReadonlyMap<string, { token: string; endsAt: Date }>): void => {
  const [, accessKeyId = ''] = /Credential=([^/]*)\//.exec(headers['authorization'] ?? '') ?? []
  delete headers['authorization']
  const known = lent.get(accessKeyId)
  if (headers['x-amz-security-token'] !== known?.token)
    throw new S3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.')
  if (known !== undefined && known.endsAt.getTime() <= Date.now()) throw new S3Error('ExpiredToken', 'The provided token has expired.')
}

/** Counts a request. @returns how many seconds it should have waited */
type Limiter = () => number

const createLimiter = ({ requests, seconds }: Rate): Limiter => {
  let [endsAt, left] = [0, 0]
  return () => {
    const now = performance.now()
    if (now >= endsAt) [endsAt, left] = [now + seconds * 1_000, requests]
    left -= 1
    return left >= 0 ? 0 : Math.ceil((endsAt - now) / 1_000)
  }
}

/** With the wait, as MinIO names it; an error that is thrown would lose its headers. */
const slowDown = (context: Context, seconds: number): void => {
  const error = new S3Error('SlowDown', 'Please reduce your request rate.')
  context.status = error.status
  context.type = 'application/xml'
  context.set('retry-after', String(seconds))
  context.body = error.toXML()
}

const checkVersion = (context: Context): void => {
  const wanted = context.get('if-match')
  if (wanted === '' || context.status >= 300 || context.response.get('etag') === wanted) return
  if (context.body instanceof Readable) context.body.destroy()
  throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { Condition: 'If-Match' })
}
