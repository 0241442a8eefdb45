/** What is asked of a new API token. */

import { z } from 'zod'
import { mayActAs, type Role, roles, type Viewer } from '../auth/viewer.ts'
import { parse } from './parse.ts'

export type TokenInput = { name: string; role: Role; expiresAt: Date | null }

/** @throws BAD_USER_INPUT, also where the token could do more than who makes it */
export const parseToken = (input: unknown, maker: Viewer, now: Date): TokenInput =>
  parse(
    z.object({
      name: z.string().trim().min(1, 'Name what will use it, such as "nightly export".').max(100, 'A name has at most 100 characters.'),
      role: z
        .enum(roles)
        .refine((role) => mayActAs(maker, role), `A token can do no more than who makes it: ${maker.name} has the role ${maker.role}.`),
      expiresAt: z
        .date()
        .min(now, 'A token expires in the future; leave this out for one that does not.')
        .nullish()
        .transform((at) => at ?? null),
    }),
    input,
  )
