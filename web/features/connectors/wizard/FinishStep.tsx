'use client'
/** Last step: a name, when it runs, the limits, and whether to sync at once. */

import { ArrowLeft, Check } from 'lucide-react'
import type { SubmitEvent } from 'react'
import * as common from '@/texts/common.ts'
import * as wizardTexts from '@/texts/wizard.ts'
import * as t from '@/texts/wizard-finish.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { ScheduleFields } from '../schedule/ScheduleFields.tsx'
import type { ScheduleForm } from '../schedule/use-schedule-form.ts'
import { SchemaFields } from '../settings-form/SchemaFields.tsx'
import type { SchemaForm } from '../settings-form/use-schema-form.ts'

type Props = {
  name: string
  onName: (name: string) => void
  nameError: string | undefined
  limits: SchemaForm
  schedule: ScheduleForm
  syncAtOnce: boolean
  onSyncAtOnce: (syncAtOnce: boolean) => void
  problem: string | null
  busy: boolean
  onBack: () => void
  onCreate: () => void
}

export const FinishStep = ({
  name,
  onName,
  nameError,
  limits,
  schedule,
  syncAtOnce,
  onSyncAtOnce,
  problem,
  busy,
  onBack,
  onCreate,
}: Props) => {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onCreate()
  }
  return (
    <form noValidate onSubmit={submit}>
      <Card>
        <div className="flex flex-col gap-5 p-4 sm:p-5">
          <Field label={common.name} description={t.nameHint} error={nameError}>
            <Input value={name} onChange={(event) => onName(event.target.value)} placeholder={t.namePlaceholder} className="sm:max-w-md" />
          </Field>
          <fieldset>
            <legend className="mb-3 text-sm font-medium">{t.schedule}</legend>
            <ScheduleFields form={schedule} />
          </fieldset>
          <fieldset>
            <legend className="mb-3 text-sm font-medium">{t.limits}</legend>
            <SchemaFields fields={limits.fields} draft={limits.draft} errors={limits.errors} onChange={limits.set} />
          </fieldset>
          <Switch checked={syncAtOnce} onChange={onSyncAtOnce}>
            {t.syncAtOnce}
          </Switch>
          {problem && (
            <Callout tone="danger" role="alert" title={t.notCreated}>
              {problem}
            </Callout>
          )}
        </div>
        <footer className="flex justify-between gap-2 border-t bg-canvas px-4 py-3 sm:px-5">
          <Button icon={ArrowLeft} onClick={onBack}>
            {wizardTexts.back}
          </Button>
          <Button type="submit" variant="primary" icon={Check} busy={busy}>
            {t.create}
          </Button>
        </footer>
      </Card>
    </form>
  )
}
