'use client'
/** Changes how long things are kept by default, and says beforehand what goes. */

import { type SubmitEvent, useState } from 'react'
import { useQuery } from 'urql'
import { retentionSchema } from '@/features/connectors/retention.ts'
import { SchemaFields } from '@/features/connectors/settings-form/SchemaFields.tsx'
import { useSchemaForm } from '@/features/connectors/settings-form/use-schema-form.ts'
import { RetentionForecastDocument, type RetentionSettingsQuery, UpdateRetentionDocument } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/retention.tsx'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { toasts } from '@/ui/toasts.ts'
import { useDebounced } from '@/ui/use-debounced.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { RefusalCallout } from '../RefusalCallout.tsx'
import { useChange } from '../use-change.ts'
import { forecastInWords } from './retention-words.ts'

type Settings = RetentionSettingsQuery['retention']
type Props = { settings: Settings; onSaved: () => void }

export const RetentionForm = ({ settings, onSaved }: Props) => {
  const form = useSchemaForm(retentionSchema, settings.platform)
  const [asking, setAsking] = useState(false)
  const { change, busy, refusal } = useChange(UpdateRetentionDocument)
  const platform = form.value()
  const changed = JSON.stringify(platform) !== JSON.stringify(settings.platform)
  const asked = useDebounced(JSON.stringify(platform), 400)
  const [{ data }] = useQuery({
    query: RetentionForecastDocument,
    variables: { platform: JSON.parse(asked) as typeof platform },
    requestPolicy: 'network-only',
    pause: !changed,
  })
  const goes = changed && data ? forecastInWords(data.retention.forecast) : null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (form.check()) setAsking(true)
  }
  const save = async () => {
    const saved = await change({ input: platform })
    setAsking(false)
    if (saved === null) return
    toasts.add({ title: t.isSaved })
    onSaved()
  }
  return (
    <form noValidate onSubmit={submit}>
      <Card title={t.title}>
        <div className="flex flex-col gap-4 p-4">
          <p className="text-sm text-ink-soft">{t.hint}</p>
          <SchemaFields fields={form.fields} draft={form.draft} errors={{ ...form.errors, ...refusal?.fields }} onChange={form.set} />
          <p className="text-xs text-ink-faint">
            {t.auditHint}
            {settings.changedAt !== null && <> {t.lastChanged(<RelativeTime at={settings.changedAt} />, settings.changedBy)}</>}
          </p>
          {goes && (
            <Callout tone="warning" live title={t.goesTitle}>
              {t.goes(goes)}
            </Callout>
          )}
          <RefusalCallout title={common.notSaved} refusal={refusal} />
        </div>
        <footer className="flex justify-end border-t bg-canvas px-4 py-3">
          <Button type="submit" variant="primary" busy={busy} disabled={!changed}>
            {common.save}
          </Button>
        </footer>
      </Card>
      {asking && (
        <ConfirmDialog
          title={t.changeQuestion}
          description={goes === null ? t.nothingGoesHint : t.goesHint(goes)}
          action={t.change}
          danger={goes !== null}
          busy={busy}
          refusal={null}
          onConfirm={() => void save()}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  )
}
