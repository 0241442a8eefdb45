/** The servers that the platform stands on, and what it is itself. */

import { CircleCheck, CircleX } from 'lucide-react'
import * as t from '@/texts/system.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { Card } from '@/ui/Card.tsx'
import type { System } from './SystemPage.tsx'

type Server = System['database']

export const Servers = ({ system: { version, database, redis } }: { system: System }) => (
  <Card title={t.servers}>
    <ul>
      <ServerLine name={t.database} product="PostgreSQL" server={database} />
      {redis ? (
        <ServerLine name={t.queueAndFeed} product="Redis" server={redis} />
      ) : (
        <li className="flex items-baseline justify-between gap-4 border-b px-4 py-2.5 text-sm">
          {t.redis} <span className="text-xs text-ink-faint">{t.redisNotUsed}</span>
        </li>
      )}
      <li className="flex items-baseline justify-between gap-4 px-4 py-2.5 text-sm">
        {t.platform} <span className="text-ink-soft tabular">{version}</span>
      </li>
    </ul>
  </Card>
)

type LineProps = { name: string; product: string; server: Server }

const ServerLine = ({ name, product, server: { reachable, latencyMs, version } }: LineProps) => (
  <li className="flex items-center justify-between gap-3 border-b px-4 py-2.5">
    <div className="min-w-0">
      <p className="text-sm">{name}</p>
      <p className="text-xs break-words text-ink-faint">{version === null ? t.doesNotAnswer : `${product} ${version}`}</p>
    </div>
    {reachable ? (
      <Badge tone="completed" icon={CircleCheck}>
        <span className="tabular">{t.latency(latencyMs)}</span>
      </Badge>
    ) : (
      <Badge tone="failed" icon={CircleX}>
        {t.unreachable}
      </Badge>
    )}
  </li>
)
