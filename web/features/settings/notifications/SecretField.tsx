'use client'
/** The secret by which a receiver knows that a request is the platform's. */

import * as t from '@/texts/notifications-channel.ts'
import { Button } from '@/ui/Button.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { type ChannelDraft, generateSecret } from './channel-draft.ts'

type Props = {
  draft: ChannelDraft
  /** Whether there is one already. */
  kept: boolean
  error: string | undefined
  onChange: (change: Partial<ChannelDraft>) => void
}

export const SecretField = ({ draft, kept, error, onChange }: Props) => (
  <div className="flex flex-col gap-3">
    <Switch checked={draft.signed} onChange={(signed) => onChange({ signed })}>
      {t.sign}
    </Switch>
    {draft.signed && (
      <Field label={t.secret} error={error} description={kept ? t.secretKeptHint : t.secretHint}>
        <div className="flex gap-2">
          <Input
            value={draft.secret}
            maxLength={200}
            className="min-w-0 flex-1 font-mono text-xs"
            onChange={({ target }) => onChange({ secret: target.value })}
          />
          <Button onClick={() => onChange({ secret: generateSecret() })}>{t.generate}</Button>
        </div>
      </Field>
    )}
  </div>
)
