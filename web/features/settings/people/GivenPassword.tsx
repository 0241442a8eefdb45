'use client'
/** A generated password, to be handed to the person it is for. */

import type { PersonDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/people.ts'
import { ShownOnce } from '../ShownOnce.tsx'

export type NewPassword = { password: string; person: PersonDetailFragment }

export const GivenPassword = ({ made: { person, password }, onClose }: { made: NewPassword; onClose: () => void }) => (
  <ShownOnce title={t.passwordOf(person.name)} label={t.passwordFor(person.email)} secret={password} onClose={onClose}>
    {t.passwordHint(person.name)}
  </ShownOnce>
)
