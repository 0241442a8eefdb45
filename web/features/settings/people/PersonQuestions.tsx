'use client'
/** What is asked before a person’s access changes. */

import {
  DeactivatePersonDocument,
  type PersonDetailFragment,
  ReactivatePersonDocument,
  RemovePersonDocument,
  ResetPasswordDocument,
} from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'
import { toasts } from '@/ui/toasts.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { useChange } from '../use-change.ts'
import type { NewPassword } from './GivenPassword.tsx'

type Props = { person: PersonDetailFragment; onClose: () => void }
type WithPassword = Props & { onPassword: (made: NewPassword) => void }

const tokensOf = ({ activeTokens }: PersonDetailFragment): string => {
  if (activeTokens === 0) return ''
  return activeTokens === 1 ? ' One API token of theirs is revoked.' : ` ${formatCount(activeTokens)} API tokens of theirs are revoked.`
}

export const Deactivate = ({ person, onClose }: Props) => {
  const { change, busy, refusal } = useChange(DeactivatePersonDocument)
  const deactivate = async () => {
    if ((await change({ id: person.id })) === null) return
    toasts.add({ title: `${person.name} is deactivated` })
    onClose()
  }
  return (
    <ConfirmDialog
      title={`Deactivate ${person.name}?`}
      description={`They are signed out at once and cannot sign in until somebody reactivates them.${tokensOf(person)}`}
      action="Deactivate"
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
    toasts.add({ title: `${person.name} is removed` })
    onClose()
  }
  return (
    <ConfirmDialog
      title={`Remove ${person.name}?`}
      description={`They are signed out at once and gone from this list; what they did keeps their address.${tokensOf(person)} This cannot be undone.`}
      action="Remove"
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
      title={`Reactivate ${person.name}?`}
      description="They can sign in again, with a new password that you are shown once. Their tokens stay revoked."
      action="Reactivate"
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
      title={`New password for ${person.name}?`}
      description="Their password no longer holds and they are signed out everywhere. You are shown the new one once."
      action="Make a new one"
      busy={busy}
      refusal={refusal}
      onConfirm={() => void reset()}
      onClose={onClose}
    />
  )
}
