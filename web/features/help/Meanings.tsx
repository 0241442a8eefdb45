'use client'
/** Words of one kind with what each means, as the help of the heading over them. */

import { modeNames } from '@/features/connectors/streams/stream-words.ts'
import { statuses, statusLooks, triggerLooks, triggers } from '@/features/job-runs/status.ts'
import type { SyncMode } from '@/graphql/generated/graphql.ts'
import { listMeanings, modeMeanings, statusMeanings, stepMeanings, triggerMeanings } from '@/texts/glossary.ts'
import * as t from '@/texts/help.ts'
import * as statusTexts from '@/texts/status.ts'

const List = ({ of }: { of: readonly (readonly [word: string, meaning: string])[] }) => (
  <span className="flex flex-col gap-1.5 py-0.5">
    {of.map(([word, meaning]) => (
      <span key={word}>
        <b className="font-semibold">{word}.</b> {meaning}
      </span>
    ))}
  </span>
)

export const StatusMeanings = () => <List of={statuses.map((status) => [statusLooks[status].label, statusMeanings[status]])} />

export const TriggerMeanings = () => <List of={triggers.map((trigger) => [triggerLooks[trigger].label, triggerMeanings[trigger]])} />

const stepKinds = Object.keys(stepMeanings) as (keyof typeof stepMeanings)[]

export const StepMeanings = () => <List of={stepKinds.map((kind) => [statusTexts.stepNames[kind], stepMeanings[kind]])} />

export const ModeMeanings = () => (
  <List
    of={[
      ...(Object.keys(modeMeanings) as SyncMode[]).map((mode) => [modeNames[mode], modeMeanings[mode]] as const),
      [t.key, listMeanings.key],
    ]}
  />
)
