'use client'
/** The state of the wizard for one kind of source, and what its steps do. */

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { useSyncNow } from '@/features/job-runs/use-sync-now.ts'
import { type Explained, explain, fieldErrors, messageOf } from '@/graphql/errors.ts'
import { CreateConnectorDocument, DiscoverStreamsDocument } from '@/graphql/generated/graphql.ts'
import { useConnectionTest } from '../connection/use-connection-test.ts'
import { limitsSchema } from '../limits.ts'
import { useSchemaForm } from '../settings-form/use-schema-form.ts'
import { type ChosenStream, type Discovered, streamInput } from './chosen-streams.ts'
import type { Kind } from './KindPicker.tsx'

export const wizardSteps = ['Connection', 'Streams', 'Name and limits'] as const

type Refusal = { message: string; fields: Record<string, string> }

/** The first step that has something to correct. */
const stepOf = ({ fields }: Refusal): number => {
  const paths = Object.keys(fields)
  if (paths.some((path) => path.startsWith('settings') || path.startsWith('credentials'))) return 0
  return paths.some((path) => path.startsWith('streams')) ? 1 : 2
}

/** Messages about `streams.2.destinationTable` and its like, by the name of the stream. */
const streamErrors = (fields: Record<string, string>, chosen: readonly ChosenStream[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([path, message]) => {
      const index = /^streams\.(\d+)/.exec(path)?.[1]
      const stream = index === undefined ? undefined : chosen[Number(index)]
      return stream ? [[stream.name, message]] : []
    }),
  )

const useDiscovery = (connection: () => { kind: string; settings: unknown; credentials: unknown }) => {
  const client = useClient()
  const [streams, setStreams] = useState<Discovered[] | null>(null)
  const [problem, setProblem] = useState<Explained | null>(null)
  const discover = async () => {
    setStreams(null)
    setProblem(null)
    const { data, error } = await client.mutation(DiscoverStreamsDocument, { input: connection() }).toPromise()
    if (error) setProblem(explain(error))
    setStreams(data?.discoverStreams ?? null)
  }
  return { streams, problem, again: () => void discover() }
}

export const useWizard = (kind: Kind) => {
  const client = useClient()
  const router = useRouter()
  const syncNow = useSyncNow()
  const settings = useSchemaForm(kind.settingsSchema, undefined)
  const credentials = useSchemaForm(kind.credentialsSchema, undefined)
  const limits = useSchemaForm(limitsSchema, undefined)
  const [step, setStep] = useState(0)
  const [chosen, setChosen] = useState<ChosenStream[]>([])
  const [name, setName] = useState('')
  const [syncAtOnce, setSyncAtOnce] = useState(true)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [creating, setCreating] = useState(false)

  const connection = () => ({ kind: kind.kind, settings: settings.value(), credentials: credentials.value() })
  const discovery = useDiscovery(connection)
  /** Shows each message at its field, on the first step that has one. */
  const refuse = (error: CombinedError) => {
    const refused = { message: messageOf(error), fields: fieldErrors(error) }
    settings.refuse(refused.fields, 'settings')
    credentials.refuse(refused.fields, 'credentials')
    limits.refuse(refused.fields, 'limits')
    setRefusal(refused)
    setStep(Math.min(stepOf(refused), step))
  }
  const test = useConnectionTest(refuse)

  const goToStreams = () => {
    setRefusal(null)
    setStep(1)
    discovery.again()
  }
  const create = async () => {
    const unnamed = name.trim() === ''
    setRefusal(unnamed ? { message: '', fields: { name: 'Name the connector.' } } : null)
    if (!limits.check() || unnamed) return
    setCreating(true)
    const input = { name: name.trim(), ...connection(), streams: chosen.map(streamInput), limits: limits.value() }
    const { data, error } = await client.mutation(CreateConnectorDocument, { input }).toPromise()
    if (error) refuse(error)
    if (!data) return setCreating(false)
    const run = syncAtOnce ? await syncNow(data.createConnector) : null
    router.push(run ? runPath(run.number) : `/admin/connectors/${data.createConnector.id}`)
  }

  const fields = refusal?.fields ?? {}
  const whole = Object.entries(fields).map(([path, message]) => `${path}: ${message}`)
  return {
    settings,
    credentials,
    limits,
    test,
    connection,
    discovery,
    step,
    chosen,
    name,
    syncAtOnce,
    creating,
    goToStreams,
    setChosen,
    setName,
    setSyncAtOnce,
    goTo: setStep,
    create: () => void create(),
    nameError: fields['name'],
    streamErrors: streamErrors(fields, chosen),
    /** What no single field of the step in view can say. */
    problem: refusal && refusal.message !== '' && fields['name'] === undefined ? whole.join(' ') || refusal.message : null,
  }
}
