'use client'
/** One person of the list, and what can be done about them. */

import { CircleCheck, CirclePause, KeyRound, MoreHorizontal, Pencil, RotateCcw, Trash2, UserX } from 'lucide-react'
import { roleNames } from '@/features/session/roles.ts'
import type { PersonDetailFragment } from '@/graphql/generated/graphql.ts'
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
        {person.isViewer && <span className="font-normal text-ink-faint"> (you)</span>}
      </p>
      <p className="truncate text-xs text-ink-faint">{person.email}</p>
    </Td>
    <Td className="w-px text-sm whitespace-nowrap text-ink-soft">
      {roleNames[person.role]}
      {person.deactivatedAt !== null && <p className="text-xs text-ink-faint sm:hidden">deactivated</p>}
    </Td>
    <Td className="hidden w-px whitespace-nowrap sm:table-cell">
      {person.deactivatedAt === null ? (
        <Badge tone="completed" icon={CircleCheck}>
          Active
        </Badge>
      ) : (
        <Badge icon={CirclePause}>Deactivated</Badge>
      )}
      {person.passwordGenerated && person.deactivatedAt === null && (
        <p className="mt-0.5 text-xs text-ink-faint">with a generated password</p>
      )}
    </Td>
    <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft md:table-cell">
      {person.lastSignedInAt === null ? 'never' : <RelativeTime at={person.lastSignedInAt} />}
    </Td>
    <Td className="w-px">
      <Actions person={person} onAction={onAction} />
    </Td>
  </Tr>
)

const Actions = ({ person: { name, isViewer, deactivatedAt }, onAction }: Props) => (
  <Menu trigger={<IconButton icon={MoreHorizontal} label={`Actions for ${name}`} />} align="end">
    <MenuItem icon={Pencil} onSelect={() => onAction('edit')}>
      Edit name and role
    </MenuItem>
    {deactivatedAt === null && !isViewer && (
      <MenuItem icon={KeyRound} onSelect={() => onAction('reset')}>
        New password
      </MenuItem>
    )}
    {!isViewer && (
      <>
        <MenuSeparator />
        {deactivatedAt === null ? (
          <MenuItem icon={UserX} onSelect={() => onAction('deactivate')}>
            Deactivate
          </MenuItem>
        ) : (
          <MenuItem icon={RotateCcw} onSelect={() => onAction('reactivate')}>
            Reactivate
          </MenuItem>
        )}
        <MenuItem icon={Trash2} danger onSelect={() => onAction('remove')}>
          Remove
        </MenuItem>
      </>
    )}
  </Menu>
)
