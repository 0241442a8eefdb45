import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { accountPath } from '@/features/settings/settings-pages.ts'
import { TokensPage } from '@/features/settings/tokens/TokensPage.tsx'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { ApiTokensDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.apiTokens }

const Page = async () => {
  const page = await openPageReader()
  const { viewer } = await page.read(ViewerDocument, {})
  if (viewer?.role !== 'ADMINISTRATOR') redirect(accountPath)
  await page.read(ApiTokensDocument, {})
  return (
    <Rendered data={page.answers()}>
      <TokensPage />
    </Rendered>
  )
}

export default Page
