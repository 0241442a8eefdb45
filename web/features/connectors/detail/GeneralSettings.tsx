'use client'
/** What a connector is called, whether it runs on schedule, and what its runs may take and leave. */

import { type SubmitEvent, useState } from 'react'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/connector-settings.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { limitsSchema } from '../limits.ts'
import { retentionSchema } from '../retention.ts'
import { SchemaFields } from '../settings-form/SchemaFields.tsx'
import { useSchemaForm } from '../settings-form/use-schema-form.ts'
import type { Connector } from './ConnectorPage.tsx'
import { useUpdateConnector } from './use-update-connector.ts'

export const GeneralSettings = ({ connector }: { connector: Connector }) => {
  const limits = useSchemaForm(limitsSchema, connector.limits)
  const retention = useSchemaForm(retentionSchema, connector.retention)
  const [name, setName] = useState(connector.name)
  const [enabled, setEnabled] = useState(connector.enabled)
  const [nameProblem, setNameProblem] = useState<string | undefined>()
  const update = useUpdateConnector(connector.id, (fields) => {
    setNameProblem(fields['name'])
    limits.refuse(fields, 'limits')
    retention.refuse(fields, 'retention')
  })
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    setNameProblem(name.trim() === '' ? t.nameMissing : undefined)
    const fits = [limits.check(), retention.check(), name.trim() !== '']
    if (fits.includes(false)) return
    // An emptied field lifts its limit, so it must not be left out.
    update.save({ name: name.trim(), enabled, limits: { maxDurationSeconds: null, ...limits.value() }, retention: retention.value() })
  }
  return (
    <form noValidate onSubmit={save}>
      <Card title={t.general}>
        <div className="flex flex-col gap-4 p-4">
          <Field label={common.name} error={nameProblem}>
            <Input value={name} onChange={(event) => setName(event.target.value)} className="sm:max-w-md" />
          </Field>
          <SchemaFields name="limits" fields={limits.fields} draft={limits.draft} errors={limits.errors} onChange={limits.set} />
          <fieldset className="flex flex-col gap-4 border-t pt-4">
            <legend className="float-left w-full text-sm font-medium">{t.retention}</legend>
            <SchemaFields fields={retention.fields} draft={retention.draft} errors={retention.errors} onChange={retention.set} />
          </fieldset>
          <Switch checked={enabled} onChange={setEnabled}>
            {t.enabled}
          </Switch>
          {update.refusal && Object.keys(update.refusal.fields).length === 0 && (
            <Callout tone="danger" role="alert" title={common.notSaved}>
              {update.refusal.message}
            </Callout>
          )}
        </div>
        <footer className="flex justify-end border-t bg-canvas px-4 py-3">
          <Button type="submit" variant="primary" busy={update.busy}>
            {common.save}
          </Button>
        </footer>
      </Card>
    </form>
  )
}
