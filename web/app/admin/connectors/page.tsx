import type { Metadata } from 'next'
import { ConnectorList } from '@/features/connectors/ConnectorList.tsx'
import { connectorPage } from '@/features/connectors/connector-page.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { ConnectorsDocument, VerifiedKindsDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'

export const metadata: Metadata = { title: 'Connectors' }

const ConnectorsPage = async () => {
  const page = await openPageReader()
  await Promise.all([page.read(ConnectorsDocument, connectorPage('', 1)), page.read(VerifiedKindsDocument, {})])
  return (
    <Rendered data={page.answers()}>
      <ConnectorList />
    </Rendered>
  )
}

export default ConnectorsPage
