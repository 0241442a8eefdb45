'use client'
/** How long the platform keeps things, how much there is, and what goes next. */

import Link from 'next/link'
import { RetentionSettingsDocument, type RetentionSettingsQuery } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import * as t from '@/texts/retention.tsx'
import { Card } from '@/ui/Card.tsx'
import { formatBytes, formatCount } from '@/ui/format.ts'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { RetentionForm } from './RetentionForm.tsx'
import { forecastInWords, ownInWords } from './retention-words.ts'

type Settings = RetentionSettingsQuery['retention']

export const RetentionPage = () => {
  const [{ data }, ask] = useLiveQuery({ query: RetentionSettingsDocument, variables: {} })
  if (!data) return null
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <RetentionForm
        key={JSON.stringify(data.retention.platform)}
        settings={data.retention}
        onSaved={() => ask({ requestPolicy: 'network-only' })}
      />
      <div className="flex min-w-0 flex-col gap-4">
        <Stored settings={data.retention} />
        <OwnRules connectors={data.retention.connectorsWithOwn} />
      </div>
    </div>
  )
}

const Stored = ({ settings: { stored, forecast } }: { settings: Settings }) => (
  <Card title={t.storedNow}>
    <Table label={t.storedNow}>
      <thead>
        <tr>
          <Th>{t.what}</Th>
          <Th numeric>{t.rows}</Th>
          <Th numeric>{t.onDisk}</Th>
        </tr>
      </thead>
      <tbody>
        {stored.map(({ thing, rows, bytes }) => (
          <Tr key={thing}>
            <Td className="text-sm">{t.thingNames[thing]}</Td>
            <Td numeric className="text-sm">
              {rows > 100_000 ? t.aboutRows(rows) : formatCount(rows)}
            </Td>
            <Td numeric className="text-sm text-ink-soft">
              {formatBytes(bytes)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
    <p className="border-t px-4 py-3 text-xs text-ink-faint">{t.nextSweep(forecastInWords(forecast))}</p>
  </Card>
)

const OwnRules = ({ connectors }: { connectors: Settings['connectorsWithOwn'] }) => (
  <Card title={t.ownTitle}>
    {connectors.length === 0 ? (
      <p className="p-4 text-sm text-ink-soft">{t.noneWithOwn}</p>
    ) : (
      <ul className="flex flex-col">
        {connectors.map(({ id, name, ownRetention }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-3 border-b px-4 py-2.5 text-sm last:border-b-0">
            <Link href={`/admin/connectors/${id}?tab=settings`} className="min-w-0 truncate font-medium hover:underline">
              {name}
            </Link>
            <span className="text-xs text-ink-faint">{ownInWords(ownRetention)}</span>
          </li>
        ))}
      </ul>
    )}
  </Card>
)
