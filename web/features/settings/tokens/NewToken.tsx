'use client'
/** Asks what a new token is for, then shows it, once. Both are loaded together: what is made must be shown. */

import { type SubmitEvent, useState } from 'react'
import { roleCards } from '@/features/session/roles.ts'
import { CreateApiTokenDocument, type Role } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/api-tokens-new.ts'
import * as common from '@/texts/common.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { RadioCards } from '@/ui/RadioCards.tsx'
import { Select } from '@/ui/Select.tsx'
import { RefusalCallout } from '../RefusalCallout.tsx'
import { ShownOnce } from '../ShownOnce.tsx'
import { useChange } from '../use-change.ts'
import { expiryOf, lifetimes, usualLifetime } from './lifetimes.ts'

type Made = { name: string; token: string }

export const NewToken = ({ onClose }: { onClose: () => void }) => {
  const [made, setMade] = useState<Made | null>(null)
  if (made === null) return <TokenForm onClose={onClose} onMade={setMade} />
  return (
    <ShownOnce title={t.madeTitle(made.name)} label={t.apiToken} secret={made.token} onClose={onClose}>
      {t.madeHint}
    </ShownOnce>
  )
}

const TokenForm = ({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) => {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('OPERATOR')
  const [lifetime, setLifetime] = useState(usualLifetime)
  const { change, busy, refusal } = useChange(CreateApiTokenDocument)
  const create = async (event: SubmitEvent) => {
    event.preventDefault()
    const data = await change({ input: { name, role, expiresAt: expiryOf(lifetime, Date.now()) } })
    if (data) onMade({ name: data.createApiToken.apiToken.name, token: data.createApiToken.token })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t.title} description={t.hint}>
      <form noValidate onSubmit={(event) => void create(event)} className="flex flex-col gap-4">
        <Field label={common.name} description={t.nameHint} error={refusal?.fields['name']}>
          <Input value={name} maxLength={100} placeholder={t.nameExample} onChange={({ target }) => setName(target.value)} />
        </Field>
        <RadioCards label={t.role} cards={roleCards} value={role} onChange={setRole} />
        <Field label={t.expiresAfter} error={refusal?.fields['expiresAt']}>
          <Select options={lifetimes} value={lifetime} onChange={setLifetime} />
        </Field>
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
