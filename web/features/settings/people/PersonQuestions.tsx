'use client'
/** What is asked before a person’s access changes. */

import {
  DeactivatePersonDocument,
  type PersonDetailFragment,
  ReactivatePersonDocument,
  RemovePersonDocument,
  ResetPasswordDocument,
} from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/people.ts'
import { toasts } from '@/ui/toasts.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { useChange } from '../use-change.ts'
import type { NewPassword } from './GivenPassword.tsx'

type Props = { person: PersonDetailFragment; onClose: () => void }
type WithPassword = Props & { onPassword: (made: NewPassword) => void }

export const Deactivate = ({ person, onClose }: Props) => {
  const { change, busy, refusal } = useChange(DeactivatePersonDocument)
  const deactivate = async () => {
    if ((await change({ id: person.id })) === null) return
    toasts.add({ title: t.isDeactivated(person.name) })
    onClose()
  }
  return (
    <ConfirmDialog
      title={t.deactivateQuestion(person.name)}
      description={t.deactivateHint(person.activeTokens)}
      action={t.deactivate}
      danger
      busy={busy}
      refusal={refusal}
      onConfirm={() => void deactivate()}
      onClose={onClose}
    />
  )
}

export const Remove = ({ person, onClose }: Props) => {
  const { change, busy, refusal } = useChange(RemovePersonDocument)
  const remove = async () => {
    if ((await change({ id: person.id })) === null) return
    toasts.add({ title: t.isRemoved(person.name) })
    onClose()
  }
  return (
    <ConfirmDialog
      title={t.removeQuestion(person.name)}
      description={t.removeHint(person.activeTokens)}
      action={t.remove}
      danger
      busy={busy}
      refusal={refusal}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  )
}

export const Reactivate = ({ person, onClose, onPassword }: WithPassword) => {
  const { change, busy, refusal } = useChange(ReactivatePersonDocument)
  const reactivate = async () => {
    const data = await change({ id: person.id })
    if (data) onPassword(data.reactivatePerson)
  }
  return (
    <ConfirmDialog
      title={t.reactivateQuestion(person.name)}
      description={t.reactivateHint}
      action={t.reactivate}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void reactivate()}
      onClose={onClose}
    />
  )
}

export const Reset = ({ person, onClose, onPassword }: WithPassword) => {
  const { change, busy, refusal } = useChange(ResetPasswordDocument)
  const reset = async () => {
    const data = await change({ id: person.id })
    if (data) onPassword(data.resetPassword)
  }
  return (
    <ConfirmDialog
      title={t.resetQuestion(person.name)}
      description={t.resetHint}
      action={t.reset}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void reset()}
      onClose={onClose}
    />
  )
}
