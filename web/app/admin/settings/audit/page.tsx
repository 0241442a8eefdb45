import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuditPage } from '@/features/settings/audit/AuditPage.tsx'
import { auditVariables } from '@/features/settings/audit/audit-filter.ts'
import { accountPath } from '@/features/settings/settings-pages.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { AuditLogDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.auditLog }

const Page = async ({ searchParams }: { searchParams: Promise<Record<string, string>> }) => {
  const page = await openPageReader()
  const { viewer } = await page.read(ViewerDocument, {})
  if (viewer?.role !== 'ADMINISTRATOR') redirect(accountPath)
  await page.read(AuditLogDocument, auditVariables(new URLSearchParams(await searchParams), Date.now()))
  return (
    <Rendered data={page.answers()}>
      <AuditPage />
    </Rendered>
  )
}

export default Page
