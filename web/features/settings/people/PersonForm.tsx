'use client'
/** Asks who a new person is, and what they may do. */

import { type SubmitEvent, useState } from 'react'
import { roleCards } from '@/features/session/roles.ts'
import { CreatePersonDocument, type Role } from '@/graphql/generated/graphql.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { RadioCards } from '@/ui/RadioCards.tsx'
import { RefusalCallout } from '../RefusalCallout.tsx'
import { useChange } from '../use-change.ts'
import type { NewPassword } from './GivenPassword.tsx'

export const PersonForm = ({ onMade, onClose }: { onMade: (made: NewPassword) => void; onClose: () => void }) => {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('OPERATOR')
  const { change, busy, refusal } = useChange(CreatePersonDocument)
  const create = async (event: SubmitEvent) => {
    event.preventDefault()
    const data = await change({ input: { name, email, role } })
    if (data) onMade(data.createPerson)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New person"
      description="They sign in with this address and a password that you are shown once. No mail is sent."
    >
      <form noValidate onSubmit={(event) => void create(event)} className="flex flex-col gap-4">
        <Field label="Name" error={refusal?.fields['name']}>
          <Input value={name} maxLength={100} placeholder="Ada Lovelace" onChange={({ target }) => setName(target.value)} />
        </Field>
        <Field label="Email" error={refusal?.fields['email']}>
          <Input value={email} type="email" placeholder="ada@example.com" onChange={({ target }) => setEmail(target.value)} />
        </Field>
        <RadioCards label="Role" cards={roleCards} value={role} onChange={setRole} />
        <RefusalCallout title="The person was not made" refusal={refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Create person
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
