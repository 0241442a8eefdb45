'use client'
/** The rows that failed validation, each with the value and the rule that it broke. */

import { useState } from 'react'
import { useQuery } from 'urql'
import { RejectedRowsDocument, type RunDetailFragment } from '@/graphql/generated/graphql.ts'
import { useKept } from '@/graphql/live.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { formatCount } from '@/ui/format.ts'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'

const pageSize = 20

export const RejectedRows = ({ run }: { run: RunDetailFragment }) => {
  const [shown, setShown] = useState(pageSize)
  const [{ data, fetching }] = useQuery({
    query: RejectedRowsDocument,
    variables: { run: run.id, first: shown },
    requestPolicy: 'cache-and-network',
  })
  const rejected = useKept(data)?.jobRun?.rejectedRows
  if (!rejected || rejected.nodes.length === 0) return null
  return (
    <Card
      title="Rejected rows"
      aside={<span className="text-xs text-ink-faint tabular">{formatCount(run.counts.rejected)} in all</span>}
      className="mb-4"
    >
      <div className="overflow-x-auto">
        <Table label="Rejected rows" className="text-xs">
          <thead>
            <tr>
              <Th>Stream</Th>
              <Th numeric>Row</Th>
              <Th>Key</Th>
              <Th>Column</Th>
              <Th>Value</Th>
              <Th className="w-full">Rule</Th>
            </tr>
          </thead>
          <tbody>
            {rejected.nodes.map(({ stream, position, key, column, rawValue, rule }) => (
              <Tr key={`${stream} ${position} ${column}`} className="h-9">
                <Td className="font-mono whitespace-nowrap">{stream}</Td>
                <Td numeric>{position !== null && formatCount(position)}</Td>
                <Td className="max-w-48 truncate font-mono">{key}</Td>
                <Td className="font-mono whitespace-nowrap">{column}</Td>
                <Td className="max-w-64 truncate font-mono" title={rawValue ?? undefined}>
                  {rawValue ?? <span className="text-ink-faint">null</span>}
                </Td>
                <Td className="text-ink-soft">{rule}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      {rejected.pageInfo.hasNextPage && shown < 100 && (
        <div className="flex justify-center border-t p-2">
          <Button variant="ghost" size="sm" busy={fetching} onClick={() => setShown(100)}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  )
}
