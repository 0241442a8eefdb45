/** What is asked of a person's account. */

import { z } from 'zod'
import { roles } from '../auth/viewer.ts'

const name = z.string().trim().min(1, 'Name the person.').max(100, 'A name has at most 100 characters.')

export const newPersonSchema = z.object({
  name,
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'An address has at most 254 characters.')
    .pipe(z.email('This is not an email address such as ada@example.com.')),
  role: z.enum(roles),
})

/** What is omitted stays. */
export const personChangeSchema = z.object({
  name: name.nullish().transform((value) => value ?? undefined),
  role: z
    .enum(roles)
    .nullish()
    .transform((value) => value ?? undefined),
})

export const passwordChangeSchema = z
  .object({
    currentPassword: z.string().max(128),
    newPassword: z.string().min(8, 'A password has at least 8 characters.').max(128, 'A password has at most 128 characters.'),
  })
  .refine(({ currentPassword, newPassword }) => currentPassword !== newPassword, {
    path: ['newPassword'],
    message: 'This is the password that you have.',
  })
