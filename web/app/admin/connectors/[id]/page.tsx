import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ConnectorPage } from '@/features/connectors/detail/ConnectorPage.tsx'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { ConnectorDocument, ConnectorKindsDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'

type Props = { params: Promise<{ id: string }> }

/** Once for the title and the page. */
const load = cache(async (id: string) => {
  const page = await openPageReader()
  const [{ connector }, { connectorKinds }] = await Promise.all([
    page.read(ConnectorDocument, { id }),
    page.read(ConnectorKindsDocument, {}),
    page.read(ViewerDocument, {}),
  ])
  if (connector === null) notFound()
  return { name: connector.name, kinds: connectorKinds, answers: page.answers() }
})

const idOf = async ({ params }: Props): Promise<string> => decodeURIComponent((await params).id)

export const generateMetadata = async (props: Props): Promise<Metadata> => ({ title: (await load(await idOf(props))).name })

const Page = async (props: Props) => {
  const id = await idOf(props)
  const { kinds, answers } = await load(id)
  return (
    <Rendered data={answers}>
      <ConnectorPage id={id} kinds={kinds} />
    </Rendered>
  )
}

export default Page
