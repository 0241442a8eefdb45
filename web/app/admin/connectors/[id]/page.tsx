import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ConnectorPage } from '@/features/connectors/detail/ConnectorPage.tsx'
import { runsVariables } from '@/features/job-runs/run-filter.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import {
  ConnectorDocument,
  ConnectorKindsDocument,
  ConnectorStatisticsDocument,
  JobRunsDocument,
  ViewerDocument,
} from '@/graphql/generated/graphql.ts'
import { openPageReader, type PageReader } from '@/graphql/page-reader.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string>> }

/** What the tab shows that the address names. */
const readTab = async (page: PageReader, id: string, params: URLSearchParams): Promise<void> => {
  const tab = params.get('tab') ?? 'overview'
  if (tab === 'overview') await page.read(ConnectorStatisticsDocument, { id })
  if (tab === 'history') await page.read(JobRunsDocument, runsVariables(params, Date.now(), id))
}

/** Once for the title and the page. */
const load = cache(async (id: string, query: string) => {
  const page = await openPageReader()
  const [{ connector }, { connectorKinds }] = await Promise.all([
    page.read(ConnectorDocument, { id }),
    page.read(ConnectorKindsDocument, {}),
    page.read(ViewerDocument, {}),
    readTab(page, id, new URLSearchParams(query)),
  ])
  if (connector === null) notFound()
  return { name: connector.name, kinds: connectorKinds, answers: page.answers() }
})

const loaded = async ({ params, searchParams }: Props) => {
  const id = decodeURIComponent((await params).id)
  return { id, ...(await load(id, new URLSearchParams(await searchParams).toString())) }
}

export const generateMetadata = async (props: Props): Promise<Metadata> => ({ title: (await loaded(props)).name })

const Page = async (props: Props) => {
  const { id, kinds, answers } = await loaded(props)
  return (
    <Rendered data={answers}>
      <ConnectorPage id={id} kinds={kinds} />
    </Rendered>
  )
}

export default Page
