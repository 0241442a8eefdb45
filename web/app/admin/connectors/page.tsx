import type { Metadata } from 'next'
import { ConnectorList } from '@/features/connectors/ConnectorList.tsx'
import { connectorPage } from '@/features/connectors/connector-filter.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { ConnectorsDocument, KindNamesDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.connectors }

const ConnectorsPage = async ({ searchParams }: { searchParams: Promise<Record<string, string>> }) => {
  const page = await openPageReader()
  const params = new URLSearchParams(await searchParams)
  await Promise.all([
    page.read(ConnectorsDocument, connectorPage(params, '', 1)),
    page.read(KindNamesDocument, {}),
    page.read(ViewerDocument, {}),
  ])
  return (
    <Rendered data={page.answers()}>
      <ConnectorList />
    </Rendered>
  )
}

export default ConnectorsPage
