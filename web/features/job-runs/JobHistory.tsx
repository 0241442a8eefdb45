/** All runs of all connectors. */

import { PageHeader } from '@/ui/PageHeader.tsx'
import { RunList } from './RunList.tsx'

export const JobHistory = () => (
  <>
    <PageHeader title="Job History" description="Every run of every connector, newest first." />
    <RunList />
  </>
)
