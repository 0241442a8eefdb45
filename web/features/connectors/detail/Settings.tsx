'use client'
/** How a connector is set up, to change: connection, name and limits, and its end. */

import { useAskedField } from '@/ui/use-asked-field.ts'
import type { Kind } from '../wizard/KindPicker.tsx'
import { ConnectionSettings } from './ConnectionSettings.tsx'
import type { Connector } from './ConnectorPage.tsx'
import { DeleteConnector } from './DeleteConnector.tsx'
import { GeneralSettings } from './GeneralSettings.tsx'

export const Settings = ({ connector, kind }: { connector: Connector; kind: Kind }) => {
  useAskedField()
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <ConnectionSettings connector={connector} kind={kind} />
      <GeneralSettings connector={connector} />
      <DeleteConnector connector={connector} />
    </div>
  )
}
