'use client'
/** The Sync Now icon button of a connector's row. */

import { RefreshCw } from 'lucide-react'
import * as t from '@/texts/run-actions.ts'
import { IconButton } from '@/ui/IconButton.tsx'
import { useIsRequested } from './requested-syncs.ts'
import { useSyncNow } from './use-sync-now.ts'

type Props = { connector: { id: string; name: string; activeRun: { id: string } | null } }

export const SyncNowButton = ({ connector }: Props) => {
  const syncNow = useSyncNow()
  const active = useIsRequested(connector.id) || connector.activeRun !== null
  return (
    <IconButton
      icon={RefreshCw}
      label={t.syncNowOf(connector.name)}
      hint={active ? t.syncing : t.syncNow}
      data-sync
      aria-disabled={active}
      onClick={() => !active && void syncNow(connector)}
      className="relative z-10 aria-disabled:cursor-default aria-disabled:hover:bg-transparent"
      iconClassName={active ? 'animate-spin-slow text-running-vivid' : ''}
    />
  )
}
