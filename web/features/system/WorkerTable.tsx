'use client'
/** The workers, and what each of them runs. */

import Link from 'next/link'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/system.tsx'
import { Progress } from '@/ui/Progress.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { Presence } from './Presence.tsx'
import type { System } from './SystemPage.tsx'

type Worker = System['workers'][number]

export const WorkerTable = ({ workers }: Pick<System, 'workers'>) => (
  <Table label={t.workers}>
    <thead>
      <tr>
        <Th>{t.worker}</Th>
        <Th>{t.state}</Th>
        <Th className="hidden sm:table-cell">{t.slots}</Th>
        <Th className="hidden lg:table-cell">{common.runs}</Th>
        <Th className="hidden md:table-cell">{t.started}</Th>
      </tr>
    </thead>
    <tbody>
      {workers.map((worker) => (
        <WorkerRow key={worker.id} worker={worker} />
      ))}
    </tbody>
  </Table>
)

const WorkerRow = ({ worker }: { worker: Worker }) => (
  <Tr className="h-14">
    <Td className="w-full max-w-0 py-1.5 lg:w-auto lg:max-w-64">
      <p className="truncate font-medium">{worker.host}</p>
      <p className="truncate text-xs text-ink-faint tabular">{t.workerProcess(worker.pid, worker.version)}</p>
      <div className="lg:hidden">
        <Runs runs={worker.runs} />
      </div>
    </Td>
    <Td className="w-px whitespace-nowrap">
      <Presence process={worker} />
    </Td>
    <Td className="hidden w-px min-w-36 sm:table-cell">
      <div className="flex items-center gap-2 text-xs text-ink-soft tabular">
        <Progress label={t.busySlotsOf(worker.host)} value={worker.busy} max={worker.slots} className="w-16" />
        {t.busySlots(worker.busy, worker.slots)}
      </div>
    </Td>
    <Td className="hidden w-full max-w-0 py-1.5 lg:table-cell">
      {worker.runs.length === 0 ? <span className="text-xs text-ink-faint">{t.noRuns}</span> : <Runs runs={worker.runs} />}
    </Td>
    <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft md:table-cell">
      <RelativeTime at={worker.startedAt} />
    </Td>
  </Tr>
)

const Runs = ({ runs }: Pick<Worker, 'runs'>) => (
  <ul>
    {runs.map(({ id, number, connector, counts }) => (
      <li key={id} className="truncate text-xs leading-5 text-ink-soft tabular">
        {t.runRead(
          <Link href={`/admin/runs/${number}`} className="rounded-sm text-ink hover:underline">
            #{number} {connector.name}
          </Link>,
          counts.read,
        )}
      </li>
    ))}
  </ul>
)
