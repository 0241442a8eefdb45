import type { Metadata } from 'next'
import { ConnectorList } from '@/features/connectors/ConnectorList.tsx'
import { connectorPage } from '@/features/connectors/connector-page.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { ConnectorsDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'

export const metadata: Metadata = { title: 'Connectors' }

const ConnectorsPage = async () => {
  const page = await openPageReader()
  await page.read(ConnectorsDocument, connectorPage('', 1))
  return (
    <Rendered data={page.answers()}>
      <ConnectorList />
    </Rendered>
  )
}

export default ConnectorsPage
