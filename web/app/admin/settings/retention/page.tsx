import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { RetentionPage } from '@/features/settings/retention/RetentionPage.tsx'
import { accountPath } from '@/features/settings/settings-pages.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { RetentionSettingsDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.retention }

const Page = async () => {
  const page = await openPageReader()
  const { viewer } = await page.read(ViewerDocument, {})
  if (viewer?.role !== 'ADMINISTRATOR') redirect(accountPath)
  await page.read(RetentionSettingsDocument, {})
  return (
    <Rendered data={page.answers()}>
      <RetentionPage />
    </Rendered>
  )
}

export default Page
