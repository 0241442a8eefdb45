'use client'
/** Whether the platform is well: workers and their slots, what waits, and what it runs on. */

import { CircleCheck, CircleX, ServerOff } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { SystemDocument } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { formatCount } from '@/ui/format.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { Progress } from '@/ui/Progress.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { MaintenanceSwitch } from './MaintenanceSwitch.tsx'

const everyMs = 3000

const Figure = ({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) => (
  <div className="min-w-0 bg-surface px-4 py-3">
    <dt className="text-xs text-ink-faint">{label}</dt>
    <dd className="mt-1">
      <span className="block truncate text-xl font-semibold tracking-tight tabular">{value}</span>
      <span className="block min-h-4.5 truncate text-xs text-ink-faint">{note}</span>
    </dd>
  </div>
)

const modes: Record<string, string> = { embedded: 'Embedded', redis: 'Redis' }
const modeNotes: Record<string, string> = { embedded: 'Postgres carries data, queue and feed', redis: 'Redis carries queue and feed' }

export const SystemPage = ({ mayPause }: { mayPause: boolean }) => {
  const [{ data }, ask] = useLiveQuery({ query: SystemDocument, variables: {} })
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), everyMs)
    return () => clearInterval(timer)
  }, [ask])
  if (!data) return null
  const { system } = data
  const online = system.workers.filter((worker) => worker.online).length
  return (
    <>
      <PageHeader
        title="System"
        description="What the platform runs on, and how busy it is."
        actions={mayPause && <MaintenanceSwitch paused={system.maintenance !== null} underWay={system.busySlots} />}
      />
      <dl className="mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line shadow-card lg:grid-cols-4">
        <Figure label="Workers online" value={formatCount(online)} note={`${formatCount(system.workers.length)} known`} />
        <Figure label="Slots busy" value={`${formatCount(system.busySlots)} / ${formatCount(system.slots)}`} note="runs at the same time" />
        <Figure
          label="Waiting runs"
          value={formatCount(system.queueDepth)}
          note={
            system.oldestPendingAt && (
              <>
                oldest queued <RelativeTime at={system.oldestPendingAt} />
              </>
            )
          }
        />
        <Figure label="Mode" value={modes[system.mode] ?? system.mode} note={modeNotes[system.mode]} />
      </dl>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Card title="Workers">
          {system.workers.length === 0 ? (
            <EmptyState icon={ServerOff} title="No worker has reported">
              Runs wait until a worker starts. Start one with the same DATABASE_URL, and REDIS_URL where it is set.
            </EmptyState>
          ) : (
            <Table label="Workers">
              <thead>
                <tr>
                  <Th>Worker</Th>
                  <Th>State</Th>
                  <Th className="hidden sm:table-cell">Slots</Th>
                  <Th className="hidden md:table-cell">Started</Th>
                  <Th className="hidden md:table-cell">Last seen</Th>
                </tr>
              </thead>
              <tbody>
                {system.workers.map((worker) => (
                  <Tr key={worker.id} className="h-14">
                    <Td className="w-full max-w-0">
                      <p className="truncate font-medium">{worker.host}</p>
                      <p className="truncate text-xs text-ink-faint tabular">
                        process {worker.pid}, {worker.version}
                      </p>
                    </Td>
                    <Td className="w-px">
                      {worker.online ? (
                        <Badge tone="completed" icon={CircleCheck}>
                          Online
                        </Badge>
                      ) : (
                        <Badge icon={CircleX}>Offline</Badge>
                      )}
                    </Td>
                    <Td className="hidden w-px min-w-36 sm:table-cell">
                      <div className="flex items-center gap-2 text-xs text-ink-soft tabular">
                        <Progress label={`Busy slots of ${worker.host}`} value={worker.busy} max={worker.slots} className="w-16" />
                        {worker.busy} of {worker.slots}
                      </div>
                    </Td>
                    <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft md:table-cell">
                      <RelativeTime at={worker.startedAt} />
                    </Td>
                    <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft md:table-cell">
                      <RelativeTime at={worker.seenAt} />
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </Card>
        <Card title="Versions">
          <dl>
            {[
              ['Platform', system.version],
              ['Database', system.databaseVersion],
              ['Redis', system.redisVersion ?? 'not used'],
            ].map(([label, value]) => (
              <div key={label} className="flex justify-between gap-4 px-4 py-2 text-sm not-last:border-b">
                <dt className="text-ink-faint">{label}</dt>
                <dd className="text-right break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </>
  )
}
