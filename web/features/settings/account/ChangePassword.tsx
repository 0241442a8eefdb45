'use client'
/** Another password of one's own. */

import { type SubmitEvent, useState } from 'react'
import { ChangePasswordDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/account.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { toasts } from '@/ui/toasts.ts'
import { RefusalCallout } from '../RefusalCallout.tsx'
import { useChange } from '../use-change.ts'

const empty = { currentPassword: '', newPassword: '', repeated: '' }

export const ChangePassword = () => {
  const [draft, setDraft] = useState(empty)
  const [mistyped, setMistyped] = useState(false)
  const { change, busy, refusal } = useChange(ChangePasswordDocument)
  const { repeated, ...passwords } = draft
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    setMistyped(passwords.newPassword !== repeated)
    if (passwords.newPassword !== repeated) return
    if ((await change(passwords)) === null) return
    setDraft(empty)
    toasts.add({ title: t.passwordChanged, description: t.passwordChangedHint })
  }
  const field = (name: keyof typeof empty, autoComplete: string) => (
    <Input
      type="password"
      autoComplete={autoComplete}
      value={draft[name]}
      maxLength={128}
      onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
    />
  )
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Card title={t.passwordTitle}>
        <div className="flex flex-col gap-4 p-4">
          <Field label={t.currentPassword} error={refusal?.fields['currentPassword']}>
            {field('currentPassword', 'current-password')}
          </Field>
          <Field label={t.newPassword} description={t.newPasswordHint} error={refusal?.fields['newPassword']}>
            {field('newPassword', 'new-password')}
          </Field>
          <Field label={t.repeatedPassword} error={mistyped ? t.mistyped : undefined}>
            {field('repeated', 'new-password')}
          </Field>
          <RefusalCallout title={t.notChanged} refusal={refusal} />
        </div>
        <footer className="flex justify-end border-t bg-canvas px-4 py-3">
          <Button type="submit" variant="primary" busy={busy}>
            {t.changePassword}
          </Button>
        </footer>
      </Card>
    </form>
  )
}
