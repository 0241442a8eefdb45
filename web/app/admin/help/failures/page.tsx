import type { Metadata } from 'next'
import { FailureCatalogue } from '@/features/failures/FailureCatalogue.tsx'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { FailureCatalogueDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.failures }

const Page = async () => {
  const page = await openPageReader()
  await page.read(FailureCatalogueDocument, {})
  return (
    <Rendered data={page.answers()}>
      <FailureCatalogue />
    </Rendered>
  )
}

export default Page
