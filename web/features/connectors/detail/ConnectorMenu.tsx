'use client'
/** What else can be done with a connector. */

import { CopyPlus, EllipsisVertical } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useClient } from 'urql'
import { showRefusal } from '@/features/job-runs/run-actions.ts'
import { useMayActAs } from '@/features/session/use-role.ts'
import { DuplicateConnectorDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/connector.ts'
import { Menu, MenuItem } from '@/ui/Menu.tsx'
import { toasts } from '@/ui/toasts.ts'
import type { Connector } from './ConnectorPage.tsx'

export const ConnectorMenu = ({ connector }: { connector: Connector }) => {
  const client = useClient()
  const router = useRouter()
  if (!useMayActAs('ADMINISTRATOR')) return null
  const duplicate = async () => {
    const { data, error } = await client.mutation(DuplicateConnectorDocument, { id: connector.id }).toPromise()
    if (error) return showRefusal(t.notDuplicated(connector.name), error, router.push)
    if (!data) return
    const { id, name } = data.duplicateConnector
    toasts.add({ title: t.duplicated(name), description: t.duplicatedHint })
    router.push(`/admin/connectors/${id}`)
  }
  const trigger = (
    <button
      type="button"
      aria-label={t.moreActions(connector.name)}
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-md border border-line-strong bg-surface text-ink-soft shadow-card transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-hover"
    >
      <EllipsisVertical aria-hidden className="size-4" />
    </button>
  )
  return (
    <Menu trigger={trigger} align="end">
      <MenuItem icon={CopyPlus} onSelect={() => void duplicate()}>
        {t.duplicate}
      </MenuItem>
    </Menu>
  )
}
