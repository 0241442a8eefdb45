/** Who sends a request: by its API token, or else by its session cookie. */

import type { PrismaClient } from '@aiia/prisma/client'
import { identifyToken } from './api-tokens.ts'
import type { People } from './people.ts'
import type { Viewer } from './viewer.ts'

/** @returns null for nobody, and for a token or session that is not valid */
export type Authenticate = (headers: Headers) => Promise<Viewer | null>

export const createAuthenticate =
  ({ prisma, people }: { prisma: PrismaClient; people: People }): Authenticate =>
  async (headers) => {
    const authorization = headers.get('authorization')
    if (authorization === null) return people.identify(headers)
    // Who sends a token means the token, even when a cookie comes along.
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    return token === undefined ? null : identifyToken({ prisma }, token)
  }
