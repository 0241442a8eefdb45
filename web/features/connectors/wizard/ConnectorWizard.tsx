'use client'
/** From nothing to a connector that syncs: connection, streams, name. */

import { useState } from 'react'
import { Callout } from '@/ui/Callout.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { ConnectionStep } from './ConnectionStep.tsx'
import { FinishStep } from './FinishStep.tsx'
import { type Kind, KindPicker } from './KindPicker.tsx'
import { Stepper } from './Stepper.tsx'
import { StreamsStep } from './StreamsStep.tsx'
import { useWizard, wizardSteps } from './use-wizard.ts'

export const ConnectorWizard = ({ kinds }: { kinds: Kind[] }) => {
  const [name, setName] = useState(kinds[0]?.kind ?? '')
  const kind = kinds.find((candidate) => candidate.kind === name)
  return kind ? <KindWizard key={kind.kind} kind={kind} kinds={kinds} onKind={setName} /> : null
}

const KindWizard = ({ kind, kinds, onKind }: { kind: Kind; kinds: Kind[]; onKind: (kind: string) => void }) => {
  const wizard = useWizard(kind)
  const { step, problem, goTo } = wizard
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader trail={[{ href: '/admin/connectors', label: 'Connectors' }]} title="New connector" />
      <Stepper steps={wizardSteps} current={step} onGo={goTo} />
      {step < 2 && problem && (
        <Callout tone="danger" role="alert" className="mb-4">
          <span className="text-ink">{problem}</span>
        </Callout>
      )}
      {step === 0 && (
        <div className="flex flex-col gap-4">
          <KindPicker kinds={kinds} value={kind.kind} onChange={onKind} />
          <ConnectionStep
            settings={wizard.settings}
            credentials={wizard.credentials}
            test={wizard.test}
            input={wizard.connection}
            onContinue={wizard.goToStreams}
          />
        </div>
      )}
      {step === 1 && (
        <StreamsStep
          kind={kind}
          connection={wizard.connection}
          discovery={wizard.discovery}
          chosen={wizard.chosen}
          onChosen={wizard.setChosen}
          errors={wizard.streamErrors}
          onBack={() => goTo(0)}
          onContinue={() => goTo(2)}
        />
      )}
      {step === 2 && (
        <FinishStep
          name={wizard.name}
          onName={wizard.setName}
          nameError={wizard.nameError}
          limits={wizard.limits}
          syncAtOnce={wizard.syncAtOnce}
          onSyncAtOnce={wizard.setSyncAtOnce}
          problem={problem}
          busy={wizard.creating}
          onBack={() => goTo(1)}
          onCreate={wizard.create}
        />
      )}
    </div>
  )
}
