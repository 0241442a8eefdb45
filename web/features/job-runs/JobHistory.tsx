/** All runs of all connectors. */

import * as t from '@/texts/runs.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { RunList } from './RunList.tsx'

export const JobHistory = () => (
  <>
    <PageHeader title={t.title} description={t.description} />
    <RunList />
  </>
)
