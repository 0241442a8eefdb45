'use client'
/** The channels: where they lead, of what they tell, and whether that works. */

import { History, MoreHorizontal, Pause, Pencil, Play, Send, Trash2 } from 'lucide-react'
import type { ChannelDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/notifications.ts'
import { Badge } from '@/ui/Badge.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { kindIcons, scopeOf, stateOf } from './channel-words.ts'

export type ChannelAction = 'edit' | 'test' | 'deliveries' | 'pause' | 'delete'

type OnAction = (action: ChannelAction, channel: ChannelDetailFragment) => void

export const ChannelTable = ({ channels, onAction }: { channels: readonly ChannelDetailFragment[]; onAction: OnAction }) => (
  <Table label={t.channels}>
    <thead>
      <tr>
        <Th>{t.channel}</Th>
        <Th className="hidden md:table-cell">{t.tellsOf}</Th>
        <Th>{t.state}</Th>
        <Th className="hidden lg:table-cell">{t.lastNotification}</Th>
        <Th>
          <span className="sr-only">{t.actions}</span>
        </Th>
      </tr>
    </thead>
    <tbody>
      {channels.map((channel) => (
        <ChannelRow key={channel.id} channel={channel} onAction={onAction} />
      ))}
    </tbody>
  </Table>
)

type RowProps = { channel: ChannelDetailFragment; onAction: OnAction }

const ChannelRow = ({ channel, onAction }: RowProps) => {
  const Icon = kindIcons[channel.kind]
  const state = stateOf(channel)
  return (
    <Tr className="h-14">
      <Td className="w-full max-w-0">
        <p className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="truncate font-medium">{channel.name}</span>
        </p>
        <p className="truncate text-xs text-ink-faint">{t.kindAndTarget(t.kindNames[channel.kind], channel.target, channel.signed)}</p>
      </Td>
      <Td className="hidden max-w-64 text-xs md:table-cell">
        <p className="truncate text-ink-soft">{channel.events.map((event) => t.eventNames[event]).join(', ')}</p>
        <p className="truncate text-ink-faint">{scopeOf(channel)}</p>
      </Td>
      <Td className="w-px whitespace-nowrap">
        <Badge tone={state.tone} icon={state.icon}>
          {state.label}
        </Badge>
        {state.note && <p className="mt-0.5 text-xs text-ink-faint">{state.note}</p>}
      </Td>
      <Td className="hidden max-w-72 text-xs text-ink-soft lg:table-cell">
        <LastNotification channel={channel} />
      </Td>
      <Td className="w-px">
        <Actions channel={channel} onAction={onAction} />
      </Td>
    </Tr>
  )
}

const LastNotification = ({ channel: { lastSettled } }: Pick<RowProps, 'channel'>) => {
  if (lastSettled === null || lastSettled.settledAt === null) return t.noneYet
  return (
    <>
      <p className="truncate">
        {t.eventNames[lastSettled.event]} <RelativeTime at={lastSettled.settledAt} />
      </p>
      <p className={lastSettled.state === 'FAILED' ? 'truncate text-failed' : 'truncate text-ink-faint'}>{lastSettled.outcome}</p>
    </>
  )
}

const Actions = ({ channel, onAction }: RowProps) => (
  <Menu trigger={<IconButton icon={MoreHorizontal} label={t.actionsFor(channel.name)} />} align="end">
    <MenuItem icon={Send} onSelect={() => onAction('test', channel)}>
      {t.sendTest}
    </MenuItem>
    <MenuItem icon={History} onSelect={() => onAction('deliveries', channel)}>
      {t.deliveries}
    </MenuItem>
    <MenuItem icon={Pencil} onSelect={() => onAction('edit', channel)}>
      {t.edit}
    </MenuItem>
    <MenuItem icon={channel.enabled ? Pause : Play} onSelect={() => onAction('pause', channel)}>
      {channel.enabled ? t.pause : t.resume}
    </MenuItem>
    <MenuSeparator />
    <MenuItem icon={Trash2} danger onSelect={() => onAction('delete', channel)}>
      {t.deleteChannel}
    </MenuItem>
  </Menu>
)
