import type { Metadata } from 'next'
import { SystemPage } from '@/features/system/SystemPage.tsx'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { SystemDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'

export const metadata: Metadata = { title: 'System' }

const Page = async () => {
  const page = await openPageReader()
  await page.read(SystemDocument, {})
  return (
    <Rendered data={page.answers()}>
      <SystemPage />
    </Rendered>
  )
}

export default Page
