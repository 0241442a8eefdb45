import type { Metadata } from 'next'
import { AccountPage } from '@/features/settings/account/AccountPage.tsx'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.account }

const Page = async () => {
  const page = await openPageReader()
  await page.read(ViewerDocument, {})
  return (
    <Rendered data={page.answers()}>
      <AccountPage />
    </Rendered>
  )
}

export default Page
