import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Shell } from '@/features/shell/Shell.tsx'
import { MaintenanceDocument, ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'
import { Providers } from './Providers.tsx'

/** The API guards the data; without a viewer there is none to frame. */
const AdminLayout = async ({ children }: { children: ReactNode }) => {
  const page = await openPageReader()
  const [{ viewer }, { system }] = await Promise.all([page.read(ViewerDocument, {}), page.read(MaintenanceDocument, {})])
  if (!viewer) redirect(page.loginPath())
  return (
    <Providers>
      <Shell viewer={viewer} maintenance={system.maintenance}>
        {children}
      </Shell>
    </Providers>
  )
}

export default AdminLayout
