'use client'
/** Adds or changes a channel. */

import { type SubmitEvent, useState } from 'react'
import {
  type ChannelDetailFragment,
  CreateNotificationChannelDocument,
  UpdateNotificationChannelDocument,
} from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/notifications-channel.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input, TextArea } from '@/ui/Input.tsx'
import { RadioCards } from '@/ui/RadioCards.tsx'
import { toasts } from '@/ui/toasts.ts'
import { RefusalCallout } from '../RefusalCallout.tsx'
import { useChange } from '../use-change.ts'
import { ChannelScope } from './ChannelScope.tsx'
import { kindCards } from './channel-choices.ts'
import { type ChannelDraft, channelChangeOf, draftOf, emptyDraft, newChannelOf, problemsOf } from './channel-draft.ts'
import { SecretField } from './SecretField.tsx'

type Props = { channel: ChannelDetailFragment | null; sendsEmail: boolean; onClose: () => void }

export const ChannelForm = ({ channel, sendsEmail, onClose }: Props) => {
  const [draft, setDraft] = useState<ChannelDraft>(channel === null ? emptyDraft : draftOf(channel))
  const [problems, setProblems] = useState<Record<string, string>>({})
  const create = useChange(CreateNotificationChannelDocument)
  const update = useChange(UpdateNotificationChannelDocument)
  const { refusal } = channel === null ? create : update
  const set = (change: Partial<ChannelDraft>) => setDraft({ ...draft, ...change })
  const errorOf = (field: string): string | undefined =>
    problems[field] ?? Object.entries(refusal?.fields ?? {}).find(([path]) => path.split('.')[0] === field)?.[1]
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    const found = problemsOf(draft, channel)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    const saved =
      channel === null
        ? await create.change({ input: newChannelOf(draft) })
        : await update.change({ id: channel.id, input: channelChangeOf(draft) })
    if (saved === null) return
    toasts.add({ title: channel === null ? t.isAdded(draft.name) : t.isSaved(draft.name) })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={channel === null ? t.newTitle : t.editTitle(channel.name)}
      className="max-w-xl"
    >
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        {channel === null && (
          <RadioCards label={t.kind} cards={kindCards} value={draft.kind} onChange={(kind) => set({ kind })} className="sm:grid-cols-3" />
        )}
        {draft.kind === 'EMAIL' && !sendsEmail && (
          <Callout tone="warning" title={t.noMailServer}>
            {t.noMailServerHint}
          </Callout>
        )}
        <Field label={common.name} error={errorOf('name')}>
          <Input value={draft.name} maxLength={100} placeholder={t.nameExample} onChange={({ target }) => set({ name: target.value })} />
        </Field>
        {draft.kind === 'EMAIL' ? (
          <Field label={t.recipients} description={t.recipientsHint} error={errorOf('recipients')}>
            <TextArea
              value={draft.recipients}
              rows={3}
              placeholder={t.recipientsExample}
              onChange={({ target }) => set({ recipients: target.value })}
            />
          </Field>
        ) : (
          <Field
            label={t.address}
            description={channel === null ? t.addressHint : t.addressKeptHint(channel.target)}
            error={errorOf('url')}
          >
            <Input
              value={draft.url}
              inputMode="url"
              placeholder={draft.kind === 'SLACK' ? 'https://hooks.slack.com/services/…' : 'https://hooks.example.com/aiia'}
              onChange={({ target }) => set({ url: target.value })}
            />
          </Field>
        )}
        {draft.kind === 'WEBHOOK' && <SecretField draft={draft} kept={channel?.signed === true} error={errorOf('secret')} onChange={set} />}
        <ChannelScope draft={draft} eventsError={errorOf('events')} connectorsError={errorOf('connectorIds')} onChange={set} />
        <RefusalCallout title={common.notSaved} refusal={refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary" busy={create.busy || update.busy}>
            {channel === null ? t.add : common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
