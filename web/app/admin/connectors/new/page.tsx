import type { Metadata } from 'next'
import { ConnectorWizard } from '@/features/connectors/wizard/ConnectorWizard.tsx'
import { ConnectorKindsDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'

export const metadata: Metadata = { title: 'New connector' }

const NewConnectorPage = async () => {
  const { connectorKinds } = await (await openPageReader()).read(ConnectorKindsDocument, {})
  return <ConnectorWizard kinds={connectorKinds} />
}

export default NewConnectorPage
