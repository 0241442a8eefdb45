'use client'
/** Which kind of source it is. */

import type { ConnectorKindsQuery } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/wizard.ts'
import { RadioCards } from '@/ui/RadioCards.tsx'
import { KindTile } from '../KindIcon.tsx'
import { Unverified } from '../Unverified.tsx'

export type Kind = ConnectorKindsQuery['connectorKinds'][number]

export const KindPicker = ({ kinds, value, onChange }: { kinds: readonly Kind[]; value: string; onChange: (kind: string) => void }) => (
  <RadioCards
    label={t.kindOfSource}
    value={value}
    onChange={onChange}
    className="sm:grid-cols-2 lg:grid-cols-3"
    cards={kinds.map(({ kind, label, description, verified }) => ({
      value: kind,
      label,
      description,
      lead: <KindTile kind={kind} />,
      ...(!verified && {
        note: (
          <p className="mt-1.5">
            <Unverified />
          </p>
        ),
      }),
    }))}
  />
)
