'use client'
/** The state of the wizard for one kind of source, and what its steps do. */

import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { useSyncNow } from '@/features/job-runs/use-sync-now.ts'
import { fieldErrors, messageOf } from '@/graphql/errors.ts'
import { CreateConnectorDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/wizard.ts'
import { type ConnectionTest, useConnectionTest } from '../connection/use-connection-test.ts'
import { limitsSchema } from '../limits.ts'
import { draftOfSchedule, scheduleInput } from '../schedule/schedule-draft.ts'
import { useScheduleForm } from '../schedule/use-schedule-form.ts'
import { useSchemaForm } from '../settings-form/use-schema-form.ts'
import { errorsOfStream, type StreamDraft, streamInput } from '../streams/stream-draft.ts'
import { useDiscovery } from '../streams/use-discovery.ts'
import type { Kind } from './KindPicker.tsx'

export const wizardSteps = [t.connectionStep, t.streamsStep, t.finishStep] as const

type Refusal = { message: string; fields: Record<string, string> }

/** The first step that has something to correct. */
const stepOf = ({ fields }: Refusal): number => {
  const paths = Object.keys(fields)
  if (paths.some((path) => path.startsWith('settings') || path.startsWith('credentials'))) return 0
  return paths.some((path) => path.startsWith('streams')) ? 1 : 2
}

/** Messages about `streams.2.destinationTable` and its like, by the name of the stream. */
const streamErrors = (fields: Record<string, string>, chosen: readonly StreamDraft[]): Record<string, Record<string, string>> =>
  Object.fromEntries(
    chosen.flatMap(({ name }, index) => {
      const own = errorsOfStream(fields, `streams.${index}`)
      return Object.keys(own).length > 0 ? [[name, own]] : []
    }),
  )

/** What no single field can say; null where the fields say it all. */
const problemOf = ({ message, fields }: Refusal): string | null => {
  const untold = Object.entries(fields).filter(([path]) => !/^(name$|settings|credentials|limits|schedule|streams\.)/.test(path))
  if (untold.length > 0) return untold.map(([path, own]) => `${path}: ${own}`).join(' ')
  if (Object.keys(fields).length === 0) return message || null
  return 'name' in fields ? null : t.correctFields
}

export const useWizard = (kind: Kind, step: number, onStep: (step: number) => void) => {
  const client = useClient()
  const router = useRouter()
  const syncNow = useSyncNow()
  const settings = useSchemaForm(kind.settingsSchema, undefined)
  const credentials = useSchemaForm(kind.credentialsSchema, undefined, settings)
  const limits = useSchemaForm(limitsSchema, undefined)
  const schedule = useScheduleForm(() => draftOfSchedule(null))
  const [chosen, setChosen] = useState<StreamDraft[]>([])
  const [name, setName] = useState('')
  const [syncAtOnce, setSyncAtOnce] = useState(true)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [creating, setCreating] = useState(false)

  const connection = () => ({ kind: kind.kind, settings: settings.value(), credentials: credentials.value() })
  const discovery = useDiscovery(() => ({ input: connection() }))
  /** Shows each message at its field, on the first step that has one. */
  const refuse = (error: CombinedError) => {
    const refused = { message: messageOf(error), fields: fieldErrors(error) }
    settings.refuse(refused.fields, 'settings')
    credentials.refuse(refused.fields, 'credentials')
    limits.refuse(refused.fields, 'limits')
    schedule.refuse(refused.fields)
    setRefusal(refused)
    onStep(Math.min(stepOf(refused), step))
  }
  const connectionTest = useConnectionTest(refuse)
  const test: ConnectionTest = {
    ...connectionTest,
    run: (id, input) => {
      setRefusal(null)
      return connectionTest.run(id, input)
    },
  }

  const goToStreams = () => {
    setRefusal(null)
    onStep(1)
    discovery.ask()
  }
  const create = async () => {
    const unnamed = name.trim() === ''
    setRefusal(unnamed ? { message: '', fields: { name: t.nameMissing } } : null)
    const fits = [limits.check(), schedule.check()]
    if (fits.includes(false) || unnamed) return
    setCreating(true)
    const parts = { streams: chosen.map(streamInput), schedule: scheduleInput(schedule.draft), limits: limits.value() }
    const input = { name: name.trim(), ...connection(), ...parts }
    const { data, error } = await client.mutation(CreateConnectorDocument, { input }).toPromise()
    if (error) refuse(error)
    if (!data) return setCreating(false)
    const run = syncAtOnce ? await syncNow(data.createConnector) : null
    router.push(run ? runPath(run.number) : `/admin/connectors/${data.createConnector.id}`)
  }

  const fields = refusal?.fields ?? {}
  const errorsOfStreams = useMemo(() => streamErrors(refusal?.fields ?? {}, chosen), [refusal, chosen])
  return {
    settings,
    credentials,
    limits,
    schedule,
    test,
    connection,
    discovery,
    chosen,
    name,
    syncAtOnce,
    creating,
    goToStreams,
    setChosen,
    setName,
    setSyncAtOnce,
    create: () => void create(),
    nameError: fields['name'],
    streamErrors: errorsOfStreams,
    /** What no single field of the step in view can say. */
    problem: refusal && problemOf(refusal),
  }
}
