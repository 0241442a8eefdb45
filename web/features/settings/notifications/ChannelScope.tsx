'use client'
/** Of what a channel tells, and of which connectors. */

import { type ReactNode, useId } from 'react'
import { useQuery } from 'urql'
import { ConnectorNamesDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/notifications-channel.ts'
import { Checkbox } from '@/ui/Checkbox.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { eventChoices } from './channel-choices.ts'
import type { ChannelDraft } from './channel-draft.ts'

type Props = {
  draft: ChannelDraft
  eventsError: string | undefined
  connectorsError: string | undefined
  onChange: (change: Partial<ChannelDraft>) => void
}

const turned = <T,>(values: readonly T[], value: T, on: boolean): T[] =>
  on ? [...values, value] : values.filter((other) => other !== value)

export const ChannelScope = ({ draft, eventsError, connectorsError, onChange }: Props) => {
  const [{ data }] = useQuery({ query: ConnectorNamesDocument, pause: draft.allConnectors })
  return (
    <>
      <Choices legend={t.tellsOf} error={eventsError}>
        {eventChoices.map(({ value, label, description }) => (
          <Choice
            key={value}
            label={label}
            description={description}
            checked={draft.events.includes(value)}
            onChange={(on) => onChange({ events: turned(draft.events, value, on) })}
          />
        ))}
      </Choices>
      <Switch checked={draft.allConnectors} onChange={(allConnectors) => onChange({ allConnectors })}>
        {t.allConnectors}
      </Switch>
      {!draft.allConnectors && (
        <Choices legend={t.connectors} error={connectorsError} className="max-h-48 overflow-y-auto rounded-md border p-3">
          {data?.connectors.nodes.map(({ id, name }) => (
            <Choice
              key={id}
              label={name}
              checked={draft.connectorIds.includes(id)}
              onChange={(on) => onChange({ connectorIds: turned(draft.connectorIds, id, on) })}
            />
          ))}
          {data?.connectors.nodes.length === 0 && <p className="text-xs text-ink-faint">{t.noConnectors}</p>}
        </Choices>
      )}
    </>
  )
}

type ChoicesProps = { legend: string; error: string | undefined; className?: string; children: ReactNode }

const Choices = ({ legend, error, className, children }: ChoicesProps) => {
  const problem = useId()
  return (
    <fieldset aria-describedby={error === undefined ? undefined : problem} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className={`flex flex-col gap-2 ${className ?? ''}`}>{children}</div>
      {error !== undefined && (
        <p id={problem} role="alert" className="text-xs text-failed">
          {error}
        </p>
      )}
    </fieldset>
  )
}

type ChoiceProps = { label: string; description?: string; checked: boolean; onChange: (checked: boolean) => void }

const Choice = ({ label, description, checked, onChange }: ChoiceProps) => (
  // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the box to tick is inside
  <label className="flex items-start gap-2.5 text-sm">
    <span className="mt-0.5">
      <Checkbox checked={checked} onChange={onChange} aria-label={label} />
    </span>
    <span className="min-w-0">
      <span className="block break-words">{label}</span>
      {description && <span className="block text-xs text-ink-faint">{description}</span>}
    </span>
  </label>
)
