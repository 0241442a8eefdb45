'use client'
/** From nothing to a connector that syncs: connection, streams, name. */

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { runPath } from '@/features/job-runs/run-actions.ts'
import { useSyncNow } from '@/features/job-runs/use-sync-now.ts'
import { type Explained, explain, fieldErrors, messageOf } from '@/graphql/errors.ts'
import { CreateConnectorDocument, DiscoverStreamsDocument } from '@/graphql/generated/graphql.ts'
import { Callout } from '@/ui/Callout.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { useConnectionTest } from '../connection/use-connection-test.ts'
import { limitsSchema } from '../limits.ts'
import { useSchemaForm } from '../settings-form/use-schema-form.ts'
import { ConnectionStep } from './ConnectionStep.tsx'
import { type ChosenStream, type Discovered, streamInput } from './chosen-streams.ts'
import { FinishStep } from './FinishStep.tsx'
import { type Kind, KindPicker } from './KindPicker.tsx'
import { Stepper } from './Stepper.tsx'
import { StreamsStep } from './StreamsStep.tsx'

const steps = ['Connection', 'Streams', 'Name and limits'] as const

export const ConnectorWizard = ({ kinds }: { kinds: Kind[] }) => {
  const [name, setName] = useState(kinds[0]?.kind ?? '')
  const kind = kinds.find((candidate) => candidate.kind === name)
  if (kind === undefined) return null
  return <KindWizard key={kind.kind} kind={kind} kinds={kinds} onKind={setName} />
}

/** Messages about `streams.2.destinationTable` and its like, by the name of the stream. */
const streamErrors = (found: Record<string, string>, chosen: readonly ChosenStream[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(found).flatMap(([path, message]) => {
      const index = /^streams\.(\d+)/.exec(path)?.[1]
      const stream = index === undefined ? undefined : chosen[Number(index)]
      return stream ? [[stream.name, message]] : []
    }),
  )

const KindWizard = ({ kind, kinds, onKind }: { kind: Kind; kinds: Kind[]; onKind: (kind: string) => void }) => {
  const client = useClient()
  const router = useRouter()
  const syncNow = useSyncNow()
  const [step, setStep] = useState(0)
  const settings = useSchemaForm(kind.settingsSchema, undefined)
  const credentials = useSchemaForm(kind.credentialsSchema, undefined)
  const limits = useSchemaForm(limitsSchema, undefined)
  const [name, setName] = useState('')
  const [syncAtOnce, setSyncAtOnce] = useState(true)
  const [chosen, setChosen] = useState<ChosenStream[]>([])
  const [discovered, setDiscovered] = useState<Discovered[] | null>(null)
  const [discoveryProblem, setDiscoveryProblem] = useState<Explained | null>(null)
  const [refused, setRefused] = useState<{ message: string; fields: Record<string, string> } | null>(null)
  const [creating, setCreating] = useState(false)

  /** Shows each message at its field, on the first step that has one. */
  const refuse = (error: CombinedError) => {
    const fields = fieldErrors(error)
    settings.refuse(fields, 'settings')
    credentials.refuse(fields, 'credentials')
    limits.refuse(fields, 'limits')
    setRefused({ message: messageOf(error), fields })
    const paths = Object.keys(fields)
    if (paths.some((path) => path.startsWith('settings') || path.startsWith('credentials'))) setStep(0)
    else if (paths.some((path) => path.startsWith('streams'))) setStep(1)
  }
  const test = useConnectionTest(refuse)
  const connection = () => ({ kind: kind.kind, settings: settings.value(), credentials: credentials.value() })

  const discover = async () => {
    setDiscovered(null)
    setDiscoveryProblem(null)
    const { data, error } = await client.mutation(DiscoverStreamsDocument, { input: connection() }).toPromise()
    if (error) setDiscoveryProblem(explain(error))
    setDiscovered(data?.discoverStreams ?? null)
  }
  const goToStreams = () => {
    setRefused(null)
    setStep(1)
    void discover()
  }

  const create = async () => {
    const problem = name.trim() === '' ? 'Name the connector.' : null
    const limitsRight = limits.check()
    setRefused(problem ? { message: '', fields: { name: problem } } : null)
    if (problem || !limitsRight) return
    setCreating(true)
    const input = { name: name.trim(), ...connection(), streams: chosen.map(streamInput), limits: limits.value() }
    const { data, error } = await client.mutation(CreateConnectorDocument, { input }).toPromise()
    if (error || !data) {
      setCreating(false)
      if (error) refuse(error)
      return
    }
    const connector = data.createConnector
    const run = syncAtOnce ? await syncNow(connector) : null
    router.push(run ? runPath(run.number) : `/admin/connectors/${connector.id}`)
  }

  const errors = refused?.fields ?? {}
  const elsewhere =
    refused?.message && errors['name'] === undefined
      ? Object.entries(errors)
          .map(([path, message]) => `${path}: ${message}`)
          .join(' ') || refused.message
      : null
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader trail={[{ href: '/admin/connectors', label: 'Connectors' }]} title="New connector" />
      <Stepper steps={steps} current={step} onGo={setStep} />
      {step < 2 && elsewhere && (
        <Callout tone="danger" role="alert" className="mb-4">
          <span className="text-ink">{elsewhere}</span>
        </Callout>
      )}
      {step === 0 && (
        <div className="flex flex-col gap-4">
          <KindPicker kinds={kinds} value={kind.kind} onChange={onKind} />
          <ConnectionStep settings={settings} credentials={credentials} test={test} input={connection} onContinue={goToStreams} />
        </div>
      )}
      {step === 1 && (
        <StreamsStep
          discovery={{ streams: discovered, problem: discoveryProblem, again: () => void discover() }}
          chosen={chosen}
          onChosen={setChosen}
          errors={streamErrors(errors, chosen)}
          onBack={() => setStep(0)}
          onContinue={() => setStep(2)}
        />
      )}
      {step === 2 && (
        <FinishStep
          name={name}
          onName={setName}
          nameError={errors['name']}
          limits={limits}
          syncAtOnce={syncAtOnce}
          onSyncAtOnce={setSyncAtOnce}
          problem={elsewhere}
          busy={creating}
          onBack={() => setStep(1)}
          onCreate={() => void create()}
        />
      )}
    </div>
  )
}
