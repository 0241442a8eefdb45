'use client'
/** Name and role of a person. */

import { type SubmitEvent, useState } from 'react'
import { roleCards } from '@/features/session/roles.ts'
import { type PersonDetailFragment, UpdatePersonDocument } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/people-form.ts'
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
    toasts.add({ title: t.isSaved(data.updatePerson.name) })
    onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t.editTitle(person.name)} description={person.email}>
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        <Field label={common.name} error={refusal?.fields['name']}>
          <Input value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
        </Field>
        <RadioCards
          label={t.role}
          cards={roleCards.map((card) => ({ ...card, disabled: person.isViewer && card.value !== person.role }))}
          value={role}
          onChange={setRole}
        />
        <p className="text-xs text-ink-faint">{person.isViewer ? t.ownRoleHint : t.roleHint}</p>
        <RefusalCallout title={common.notSaved} refusal={refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
