import type { Metadata } from 'next'
import { SystemPage } from '@/features/system/SystemPage.tsx'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { SystemDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.system }

const Page = async () => {
  const page = await openPageReader()
  const [{ viewer }] = await Promise.all([page.read(ViewerDocument, {}), page.read(SystemDocument, {})])
  return (
    <Rendered data={page.answers()}>
      <SystemPage mayPause={viewer?.role === 'ADMINISTRATOR'} />
    </Rendered>
  )
}

export default Page
