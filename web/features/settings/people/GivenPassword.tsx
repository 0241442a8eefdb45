'use client'
/** A generated password, to be handed to the person it is for. */

import type { PersonDetailFragment } from '@/graphql/generated/graphql.ts'
import { ShownOnce } from '../ShownOnce.tsx'

export type NewPassword = { password: string; person: PersonDetailFragment }

export const GivenPassword = ({ made: { person, password }, onClose }: { made: NewPassword; onClose: () => void }) => (
  <ShownOnce title={`Password of ${person.name}`} label={`Password of ${person.email}`} secret={password} onClose={onClose}>
    Give it to {person.name} on a way that only they see. The console asks them to choose their own.
  </ShownOnce>
)
