import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RunPage } from '@/features/job-runs/RunPage.tsx'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { JobRunDocument, LogLinesDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

type Props = { params: Promise<{ number: string }> }

/** Lines that come with the page; the viewer asks for the rest as it scrolls. */
const linesAtFirst = 100

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: t.run((await params).number) })

const JobRunPage = async ({ params }: Props) => {
  const { number: text } = await params
  if (!/^\d{1,9}$/.test(text)) notFound()
  const number = Number(text)
  const page = await openPageReader()
  const [{ jobRun }] = await Promise.all([page.read(JobRunDocument, { number }), page.read(ViewerDocument, {})])
  if (jobRun === null) notFound()
  const log = await page.readApart(LogLinesDocument, { run: jobRun.id, last: linesAtFirst })
  return (
    <Rendered data={page.answers()}>
      <RunPage number={number} log={log.jobRun?.logs ?? null} />
    </Rendered>
  )
}

export default JobRunPage
