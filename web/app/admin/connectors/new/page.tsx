import type { Metadata } from 'next'
import { ConnectorWizard } from '@/features/connectors/wizard/ConnectorWizard.tsx'
import { ConnectorKindsDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.newConnector }

const NewConnectorPage = async () => {
  const { connectorKinds } = await (await openPageReader()).read(ConnectorKindsDocument, {})
  return <ConnectorWizard kinds={connectorKinds} />
}

export default NewConnectorPage
