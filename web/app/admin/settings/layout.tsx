import type { ReactNode } from 'react'
import { SettingsFrame } from '@/features/settings/SettingsFrame.tsx'
import { ViewerDocument } from '@/graphql/generated/graphql.ts'
import { openPageReader } from '@/graphql/page-reader.ts'

const SettingsLayout = async ({ children }: { children: ReactNode }) => {
  const { viewer } = await (await openPageReader()).read(ViewerDocument, {})
  return <SettingsFrame administrator={viewer?.role === 'ADMINISTRATOR'}>{children}</SettingsFrame>
}

export default SettingsLayout
