import { redirect } from 'next/navigation'
import { accountPath } from '@/features/settings/settings-pages.ts'
import { ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'

/** To the first page that the viewer may see. */
const Page = async () => {
  const { viewer } = await (await openPageReader()).read(ViewerDocument, {})
  redirect(viewer?.role === 'ADMINISTRATOR' ? '/admin/settings/tokens' : accountPath)
}

export default Page
