import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NotificationsPage } from '@/features/settings/notifications/NotificationsPage.tsx'
import { accountPath } from '@/features/settings/settings-pages.ts'
import { Rendered } from '@/graphql/GraphProvider.tsx'
import { NotificationChannelsDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import * as t from '@/texts/pages.ts'

export const metadata: Metadata = { title: t.notifications }

const Page = async () => {
  const page = await openPageReader()
  const { viewer } = await page.read(ViewerDocument, {})
  if (viewer?.role !== 'ADMINISTRATOR') redirect(accountPath)
  await page.read(NotificationChannelsDocument, {})
  return (
    <Rendered data={page.answers()}>
      <NotificationsPage />
    </Rendered>
  )
}

export default Page
