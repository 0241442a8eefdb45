'use client'
/** One person of the list, and what can be done about them. */

import { CircleCheck, CirclePause, KeyRound, MoreHorizontal, Pencil, RotateCcw, Trash2, UserX } from 'lucide-react'
import { roleNames } from '@/features/session/roles.ts'
import type { PersonDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/people.ts'
import { Badge } from '@/ui/Badge.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Td, Tr } from '@/ui/Table.tsx'

export type PersonAction = 'edit' | 'reset' | 'deactivate' | 'reactivate' | 'remove'

type Props = { person: PersonDetailFragment; onAction: (action: PersonAction) => void }

export const PersonRow = ({ person, onAction }: Props) => (
  <Tr className="h-14">
    <Td className="w-full max-w-0">
      <p className="truncate font-medium">
        {person.name}
        {person.isViewer && <span className="font-normal text-ink-faint"> {t.you}</span>}
      </p>
      <p className="truncate text-xs text-ink-faint">{person.email}</p>
    </Td>
    <Td className="w-px text-sm whitespace-nowrap text-ink-soft">
      {roleNames[person.role]}
      {person.deactivatedAt !== null && <p className="text-xs text-ink-faint sm:hidden">{t.deactivatedNote}</p>}
    </Td>
    <Td className="hidden w-px whitespace-nowrap sm:table-cell">
      {person.deactivatedAt === null ? (
        <Badge tone="completed" icon={CircleCheck}>
          {t.active}
        </Badge>
      ) : (
        <Badge icon={CirclePause}>{t.deactivated}</Badge>
      )}
      {person.passwordGenerated && person.deactivatedAt === null && (
        <p className="mt-0.5 text-xs text-ink-faint">{t.withGeneratedPassword}</p>
      )}
    </Td>
    <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft md:table-cell">
      {person.lastSignedInAt === null ? t.never : <RelativeTime at={person.lastSignedInAt} />}
    </Td>
    <Td className="w-px">
      <Actions person={person} onAction={onAction} />
    </Td>
  </Tr>
)

const Actions = ({ person: { name, isViewer, deactivatedAt }, onAction }: Props) => (
  <Menu trigger={<IconButton icon={MoreHorizontal} label={t.actionsFor(name)} />} align="end">
    <MenuItem icon={Pencil} onSelect={() => onAction('edit')}>
      {t.edit}
    </MenuItem>
    {deactivatedAt === null && !isViewer && (
      <MenuItem icon={KeyRound} onSelect={() => onAction('reset')}>
        {t.newPassword}
      </MenuItem>
    )}
    {!isViewer && (
      <>
        <MenuSeparator />
        {deactivatedAt === null ? (
          <MenuItem icon={UserX} onSelect={() => onAction('deactivate')}>
            {t.deactivate}
          </MenuItem>
        ) : (
          <MenuItem icon={RotateCcw} onSelect={() => onAction('reactivate')}>
            {t.reactivate}
          </MenuItem>
        )}
        <MenuItem icon={Trash2} danger onSelect={() => onAction('remove')}>
          {t.remove}
        </MenuItem>
      </>
    )}
  </Menu>
)
