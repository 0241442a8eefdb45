'use client'
/** Asks who a new person is, and what they may do. */

import { type SubmitEvent, useState } from 'react'
import { roleCards } from '@/features/session/roles.ts'
import { CreatePersonDocument, type Role } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/people-form.ts'
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
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t.newTitle} description={t.newHint}>
      <form noValidate onSubmit={(event) => void create(event)} className="flex flex-col gap-4">
        <Field label={common.name} error={refusal?.fields['name']}>
          <Input value={name} maxLength={100} placeholder={t.nameExample} onChange={({ target }) => setName(target.value)} />
        </Field>
        <Field label={t.email} error={refusal?.fields['email']}>
          <Input value={email} type="email" placeholder={t.emailExample} onChange={({ target }) => setEmail(target.value)} />
        </Field>
        <RadioCards label={t.role} cards={roleCards} value={role} onChange={setRole} />
        <RefusalCallout title={t.notMade} refusal={refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {t.create}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
