'use client'
/** From nothing to a connector that syncs: connection, streams, name. */

import { lazy, Suspense, startTransition, useEffect, useState } from 'react'
import * as t from '@/texts/wizard.ts'
import { Callout } from '@/ui/Callout.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { useFocusIn } from '@/ui/use-focus-in.ts'
import { useIdle } from '@/ui/use-idle.ts'
import { ConnectionStep } from './ConnectionStep.tsx'
import { type Kind, KindPicker } from './KindPicker.tsx'
import { Stepper } from './Stepper.tsx'
import { useWizard, wizardSteps } from './use-wizard.ts'

// Loaded while the first step is filled in.
const loadStreamsStep = () => import('./StreamsStep.tsx')
const loadFinishStep = () => import('./FinishStep.tsx')
const StreamsStep = lazy(async () => ({ default: (await loadStreamsStep()).StreamsStep }))
const FinishStep = lazy(async () => ({ default: (await loadFinishStep()).FinishStep }))

export const ConnectorWizard = ({ kinds }: { kinds: Kind[] }) => {
  const [name, setName] = useState(kinds[0]?.kind ?? '')
  const [step, setStep] = useState(0)
  // A step stays in view, with what has the focus, until the next one is there.
  const goTo = (next: number) => startTransition(() => setStep(next))
  const idle = useIdle()
  useEffect(() => {
    if (idle) void Promise.all([loadStreamsStep(), loadFinishStep()]).catch(() => {})
  }, [idle])
  const place = useFocusIn(wizardSteps[step] ?? '')
  const kind = kinds.find((candidate) => candidate.kind === name)
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader trail={[{ href: '/admin/connectors', label: t.connectors }]} title={t.title} />
      <Stepper steps={wizardSteps} current={step} onGo={goTo} />
      <div ref={place} className="flex flex-col gap-4">
        {/* Not part of what begins anew with each kind: arrow keys walk through the kinds, and the focus stays. */}
        {step === 0 && <KindPicker kinds={kinds} value={name} onChange={setName} />}
        <Suspense>{kind && <KindWizard key={kind.kind} kind={kind} step={step} onStep={goTo} />}</Suspense>
      </div>
    </div>
  )
}

type Props = { kind: Kind; step: number; onStep: (step: number) => void }

const KindWizard = ({ kind, step, onStep }: Props) => {
  const wizard = useWizard(kind, step, onStep)
  const { problem } = wizard
  return (
    <>
      {step < 2 && problem && (
        <Callout tone="danger" role="alert">
          <span className="text-ink">{problem}</span>
        </Callout>
      )}
      {step === 0 && (
        <ConnectionStep
          settings={wizard.settings}
          credentials={wizard.credentials}
          test={wizard.test}
          input={wizard.connection}
          onContinue={wizard.goToStreams}
        />
      )}
      {step === 1 && (
        <StreamsStep
          kind={kind}
          connection={wizard.connection}
          discovery={wizard.discovery}
          chosen={wizard.chosen}
          onChosen={wizard.setChosen}
          errors={wizard.streamErrors}
          onBack={() => onStep(0)}
          onContinue={() => onStep(2)}
        />
      )}
      {step === 2 && (
        <FinishStep
          name={wizard.name}
          onName={wizard.setName}
          nameError={wizard.nameError}
          limits={wizard.limits}
          schedule={wizard.schedule}
          syncAtOnce={wizard.syncAtOnce}
          onSyncAtOnce={wizard.setSyncAtOnce}
          problem={problem}
          busy={wizard.creating}
          onBack={() => onStep(1)}
          onCreate={wizard.create}
        />
      )}
    </>
  )
}
