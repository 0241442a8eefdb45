import type { Metadata } from 'next'
import { JobHistory } from '@/features/job-runs/JobHistory.tsx'
import { runsVariables } from '@/features/job-runs/run-filter.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { ConnectorNamesDocument, JobRunsDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.jobHistory }

const HistoryPage = async ({ searchParams }: { searchParams: Promise<Record<string, string>> }) => {
  const page = await openPageReader()
  const params = new URLSearchParams(await searchParams)
  await Promise.all([
    page.read(JobRunsDocument, runsVariables(params, Date.now())),
    page.read(ConnectorNamesDocument, {}),
    page.read(ViewerDocument, {}),
  ])
  return (
    <Rendered data={page.answers()}>
      <JobHistory />
    </Rendered>
  )
}

export default HistoryPage
