import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PeoplePage } from '@/features/settings/people/PeoplePage.tsx'
import { accountPath } from '@/features/settings/settings-pages.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { PeopleDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.people }

const Page = async () => {
  const page = await openPageReader()
  const { viewer } = await page.read(ViewerDocument, {})
  if (viewer?.role !== 'ADMINISTRATOR') redirect(accountPath)
  await page.read(PeopleDocument, {})
  return (
    <Rendered data={page.answers()}>
      <PeoplePage />
    </Rendered>
  )
}

export default Page
