'use client'
/** Name and role of a person. */

import { type SubmitEvent, useState } from 'react'
import { roleCards } from '@/features/session/roles.ts'
import { type PersonDetailFragment, UpdatePersonDocument } from '@/graphql/generated/graphql.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { RadioCards } from '@/ui/RadioCards.tsx'
import { toasts } from '@/ui/toasts.ts'
import { RefusalCallout } from '../RefusalCallout.tsx'
import { useChange } from '../use-change.ts'

export const EditPerson = ({ person, onClose }: { person: PersonDetailFragment; onClose: () => void }) => {
  const [name, setName] = useState(person.name)
  const [role, setRole] = useState(person.role)
  const { change, busy, refusal } = useChange(UpdatePersonDocument)
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    const data = await change({ id: person.id, input: { name, role } })
    if (data === null) return
    toasts.add({ title: `${data.updatePerson.name} is saved` })
    onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Edit ${person.name}`} description={person.email}>
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        <Field label="Name" error={refusal?.fields['name']}>
          <Input value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
        </Field>
        <RadioCards
          label="Role"
          cards={roleCards.map((card) => ({ ...card, disabled: person.isViewer && card.value !== person.role }))}
          value={role}
          onChange={setRole}
        />
        <p className="text-xs text-ink-faint">
          {person.isViewer
            ? 'Your own role is for another administrator to change.'
            : 'It takes effect at once. Tokens of theirs that could do more are revoked.'}
        </p>
        <RefusalCallout title="Not saved" refusal={refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
