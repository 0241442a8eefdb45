'use client'
/** One connector: how fresh it is, what it reads, how it is set up. */

import { RefreshCw, RotateCw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { useIsRequested } from '@/features/job-runs/requested-syncs.ts'
import { StatusAnnouncer } from '@/features/job-runs/StatusAnnouncer.tsx'
import { ExplainedStatus } from '@/features/job-runs/StatusBadge.tsx'
import { useRunEvents } from '@/features/job-runs/use-run-events.ts'
import { useSpaced } from '@/features/job-runs/use-spaced.ts'
import { useSyncNow } from '@/features/job-runs/use-sync-now.ts'
import { useMayActAs } from '@/features/session/use-role.ts'
import { ConnectorDocument, type ConnectorQuery } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/connector.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { Tabs } from '@/ui/Tabs.tsx'
import { Tooltip } from '@/ui/Tooltip.tsx'
import { KindTile } from '../KindIcon.tsx'
import { Unverified } from '../Unverified.tsx'
import type { Kind } from '../wizard/KindPicker.tsx'
import { ConnectorMenu } from './ConnectorMenu.tsx'
import { Overview } from './Overview.tsx'

// Each is loaded with the first look at its tab; the one that the address names is in the page that the server sends.
const StreamsTab = dynamic(() => import('./StreamsTab.tsx').then((module) => module.StreamsTab))
const ScheduleTab = dynamic(() => import('./ScheduleTab.tsx').then((module) => module.ScheduleTab))
const RunList = dynamic(() => import('@/features/job-runs/RunList.tsx').then((module) => module.RunList))
const Settings = dynamic(() => import('./Settings.tsx').then((module) => module.Settings))

export type Connector = NonNullable<ConnectorQuery['connector']>

const SyncButton = ({ connector }: { connector: Connector }) => {
  const syncNow = useSyncNow()
  const active = useIsRequested(connector.id) || connector.activeRun !== null
  const readsWhatIsNew = connector.streams.some(({ mode }) => mode !== 'FULL_REFRESH')
  return (
    <>
      {readsWhatIsNew && (
        <Tooltip content={t.fullSyncHint} side="bottom">
          <Button icon={RotateCw} disabled={active} onClick={() => void syncNow(connector, { full: true })}>
            {t.fullSync}
          </Button>
        </Tooltip>
      )}
      <Button variant="primary" icon={RefreshCw} disabled={active} onClick={() => void syncNow(connector)} data-sync>
        {active ? t.syncing : t.syncNow}
      </Button>
    </>
  )
}

export const ConnectorPage = ({ id, kinds }: { id: string; kinds: Kind[] }) => {
  const [{ data }, ask] = useLiveQuery({ query: ConnectorDocument, variables: { id } })
  const connector = data?.connector
  const runs = connector?.runs.nodes ?? []
  const refresh = useSpaced(() => ask({ requestPolicy: 'network-only' }), 500)
  useRunEvents(id, (run) => {
    if (!runs.some((shown) => shown.id === run.id)) refresh()
  })
  const tab = useSearchParams().get('tab') ?? 'overview'
  const requested = useIsRequested(id)
  const mayEdit = useMayActAs('ADMINISTRATOR')
  if (!connector) return null
  const status = requested ? 'PENDING' : connector.lastRun?.status
  const kind = kinds.find((candidate) => candidate.kind === connector.kind)
  const goTo = (next: string) => window.history.replaceState(null, '', next === 'overview' ? window.location.pathname : `?tab=${next}`)
  return (
    <div data-sync-scope>
      <StatusAnnouncer runs={runs} />
      <PageHeader
        trail={[{ href: '/admin/connectors', label: t.connectors }]}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <KindTile kind={connector.kind} />
            {connector.name}
            {kind?.verified === false && <Unverified />}
            {!connector.enabled && <Badge size="md">{t.paused}</Badge>}
            {status && <ExplainedStatus status={status} size="md" />}
          </span>
        }
        description={<span className="font-mono text-xs break-all">{connector.address}</span>}
        actions={
          connector.deletedAt === null && (
            <>
              <SyncButton connector={connector} />
              <ConnectorMenu connector={connector} />
            </>
          )
        }
      />
      {connector.deletedAt !== null ? (
        <Callout tone="warning" title={t.deletedTitle} className="mb-4">
          {t.deletedHint}
        </Callout>
      ) : null}
      <Tabs
        label={common.connector}
        value={tab}
        onChange={goTo}
        tabs={[
          { value: 'overview', label: t.overviewTab, content: <Overview connector={connector} kind={kind} /> },
          {
            value: 'streams',
            label: t.streamsTab(connector.streams.length),
            content: <StreamsTab connector={connector} kind={kind} />,
          },
          ...(connector.deletedAt === null && mayEdit
            ? [{ value: 'schedule', label: t.scheduleTab, content: <ScheduleTab connector={connector} /> }]
            : []),
          { value: 'history', label: t.historyTab, content: <RunList only={id} /> },
          ...(connector.deletedAt === null && kind
            ? [
                {
                  value: 'settings',
                  label: t.settingsTab,
                  content: <Settings key={connector.updatedAt} connector={connector} kind={kind} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  )
}
