'use client'
/** Which kind of source it is. */

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ConnectorKindsQuery } from '@/graphql/generated/graphql.ts'
import { Badge } from '@/ui/Badge.tsx'
import { KindTile } from '../KindIcon.tsx'

export type Kind = ConnectorKindsQuery['connectorKinds'][number]

export const KindPicker = ({ kinds, value, onChange }: { kinds: readonly Kind[]; value: string; onChange: (kind: string) => void }) => (
  <RadioGroup aria-label="Kind of source" value={value} onValueChange={(kind) => onChange(kind)} className="grid gap-3 sm:grid-cols-2">
    {kinds.map(({ kind, label, description, verified }) => (
      <div
        key={kind}
        className="relative flex gap-3 rounded-lg border bg-surface p-3 transition-colors hover:border-line-strong has-data-checked:border-primary has-data-checked:shadow-[inset_0_0_0_1px_var(--primary)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
      >
        <KindTile kind={kind} />
        <div className="min-w-0 flex-1">
          {/* The label covers the card; the description is no part of the choice's name. */}
          {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the radio inside carries the hidden input */}
          <label className="flex items-center gap-2 font-medium after:absolute after:inset-0">
            <span className="flex-1">{label}</span>
            {!verified && <Badge tone="pending">preview</Badge>}
            <Radio.Root
              value={kind}
              className="flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong outline-none data-checked:border-primary data-checked:bg-primary"
            >
              <Radio.Indicator className="size-1.5 rounded-full bg-on-primary" />
            </Radio.Root>
          </label>
          <p className="text-xs text-ink-faint">{description}</p>
        </div>
      </div>
    ))}
  </RadioGroup>
)
