'use client'
/** When the connector runs by itself, to change. */

import type { SubmitEvent } from 'react'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/connector-schedule.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { ScheduleFields } from '../schedule/ScheduleFields.tsx'
import { draftOfSchedule, scheduleInput } from '../schedule/schedule-draft.ts'
import { useScheduleForm } from '../schedule/use-schedule-form.ts'
import type { Connector } from './ConnectorPage.tsx'
import { useUpdateConnector } from './use-update-connector.ts'

export const ScheduleTab = ({ connector }: { connector: Connector }) => {
  const form = useScheduleForm(() => draftOfSchedule(connector.schedule))
  const update = useUpdateConnector(connector.id, form.refuse)
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (form.check()) update.save({ schedule: scheduleInput(form.draft) })
  }
  return (
    <form noValidate onSubmit={save} className="max-w-4xl">
      <Card title={t.title}>
        <div className="flex flex-col gap-4 p-4">
          {!connector.enabled && <Callout tone="warning">{t.pausedHint}</Callout>}
          <ScheduleFields form={form} />
          {update.refusal && Object.keys(update.refusal.fields).length === 0 && (
            <Callout tone="danger" role="alert" title={common.notSaved}>
              {update.refusal.message}
            </Callout>
          )}
        </div>
        <footer className="flex justify-end border-t bg-canvas px-4 py-3">
          <Button type="submit" variant="primary" busy={update.busy}>
            {t.save}
          </Button>
        </footer>
      </Card>
    </form>
  )
}
