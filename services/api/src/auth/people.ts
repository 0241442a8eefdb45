/** Sign-in of people: better-auth with email and password only, nobody can sign up, sessions live in the database. */

import { hkdfSync } from 'node:crypto'
import type { Logger } from '@aiia/kit/logger'
import type { PrismaClient } from '@aiia/prisma/client'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { betterAuth } from 'better-auth/minimal'
import type { Role, Viewer } from './viewer.ts'

export type People = {
  /** Answers a request to `/api/auth/…`. Its origin must have been checked. */
  handle(request: Request): Promise<Response>
  /** The person whose session cookie the headers carry, or null. */
  identify(headers: Headers): Promise<Viewer | null>
}

export type PeopleOptions = {
  prisma: PrismaClient
  log: Logger
  secretKey: Buffer
  /** The address that people use; over https the cookie is sent over https only. */
  publicUrl: string
}

const day = 24 * 60 * 60

/** Set by us on each request that better-auth sees; whatever a client sends under this name is replaced. */
export const addressHeader = 'x-client-address'

export const createPeople = ({ prisma, log, secretKey, publicUrl }: PeopleOptions): People => {
  const auth = betterAuth({
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: Buffer.from(hkdfSync('sha256', secretKey, '', 'sessions of people', 32)).toString('base64'),
    database: prismaAdapter(prisma, { provider: 'postgresql', transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      additionalFields: {
        role: { type: 'string', required: false, input: false },
        deactivatedAt: { type: 'date', required: false, input: false },
        passwordGenerated: { type: 'boolean', required: false, input: false },
      },
    },
    session: { expiresIn: 7 * day, updateAge: day },
    // Ours counts failures only, and atomically: sign-in-limit.ts.
    rateLimit: { enabled: false },
    // Whoever comes here has the origin of this very server: origin.ts.
    trustedOrigins: (request) => [request?.headers.get('origin') ?? ''],
    advanced: {
      cookiePrefix: 'aiia',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level]({ from: 'sign-in' }, message) },
  })
  return {
    handle: auth.handler,
    identify: async (headers) => {
      if (!headers.has('cookie')) return null
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } })
      // A sign-in that came at the moment of a deactivation may have left a session.
      if (found === null || found.user.deactivatedAt) return null
      const { user, session } = found
      return {
        kind: 'person',
        accessId: session.id,
        personId: user.id,
        name: user.name,
        email: user.email,
        role: user.role as Role,
        passwordGenerated: user.passwordGenerated === true,
      }
    },
  }
}
