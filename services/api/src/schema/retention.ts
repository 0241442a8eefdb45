/** How long what a connector's runs leave behind is kept. */

import type { Retention as Shape } from '@aiia/core/job-run/retention'
import { builder } from './builder.ts'

type Stored = { keepRuns: number; keepRunsDays: number; keepLogsDays: number; keepRejectedRowsDays: number }

export const retentionOf = ({ keepRuns, keepRunsDays, keepLogsDays, keepRejectedRowsDays }: Stored): Shape => ({
  runs: keepRuns,
  runsDays: keepRunsDays,
  logsDays: keepLogsDays,
  rejectedRowsDays: keepRejectedRowsDays,
})

export const Retention = builder.objectRef<Shape>('Retention').implement({
  description: 'How long what runs leave behind is kept. The newest ended run and the newest completed one stay, whatever their age.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'Ended runs that are kept.' }),
    runsDays: t.exposeInt('runsDays', { description: 'Days that an ended run is kept; whichever of the two is reached first counts.' }),
    logsDays: t.exposeInt('logsDays', { description: 'Days that its log is kept.' }),
    rejectedRowsDays: t.exposeInt('rejectedRowsDays', { description: 'Days that its rejected rows are kept.' }),
  }),
})
