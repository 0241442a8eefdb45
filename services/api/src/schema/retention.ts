/** How long what a connector's runs leave behind is kept. */

import type { OwnRetention as OwnShape, Retention as Shape } from '@aiia/core/job-run/retention'
import { builder } from './builder.ts'

export const Retention = builder.objectRef<Shape>('Retention').implement({
  description: 'How long what runs leave behind is kept. The newest ended run and the newest completed one stay, whatever their age.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'Ended runs that are kept.' }),
    runsDays: t.exposeInt('runsDays', { description: 'Days that an ended run is kept; whichever of the two is reached first counts.' }),
    logsDays: t.exposeInt('logsDays', { description: 'Days that its log is kept.' }),
    rejectedRowsDays: t.exposeInt('rejectedRowsDays', { description: 'Days that its rejected rows are kept.' }),
  }),
})

export const OwnRetention = builder.objectRef<OwnShape>('OwnRetention').implement({
  description: 'What a connector itself says about how long things are kept; null is the platform’s default.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { nullable: true, description: 'Ended runs.' }),
    runsDays: t.exposeInt('runsDays', { nullable: true, description: 'Days of an ended run.' }),
    logsDays: t.exposeInt('logsDays', { nullable: true, description: 'Days of its log.' }),
    rejectedRowsDays: t.exposeInt('rejectedRowsDays', { nullable: true, description: 'Days of its rejected rows.' }),
  }),
})
