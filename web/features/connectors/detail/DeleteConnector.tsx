'use client'
/** The end of a connector, after its name was typed. */

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useState } from 'react'
import { useClient } from 'urql'
import { showRefusal } from '@/features/job-runs/run-actions.ts'
import { DeleteConnectorDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/connector-settings.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { toasts } from '@/ui/toasts.ts'
import type { Connector } from './ConnectorPage.tsx'

export const DeleteConnector = ({ connector }: { connector: Connector }) => {
  const client = useClient()
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const confirmed = typed.trim() === connector.name
  const remove = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!confirmed) return
    setBusy(true)
    const { error } = await client.mutation(DeleteConnectorDocument, { id: connector.id }).toPromise()
    setBusy(false)
    if (error) return showRefusal(t.notDeleted(connector.name), error, router.push)
    toasts.add({ title: t.deleted(connector.name) })
    router.push('/admin/connectors')
  }
  return (
    <Card title={t.deleteTitle}>
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="max-w-prose text-sm text-ink-soft">{t.deleteHint}</p>
        <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
          {t.deleteConnector}
        </Button>
      </div>
      <Dialog open={asking} onOpenChange={setAsking} title={t.deleteQuestion(connector.name)} description={t.deleteWarning}>
        <form onSubmit={(event) => void remove(event)}>
          <Field label={t.typeToConfirm(connector.name)}>
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{t.keep}</Button>
            <Button type="submit" variant="danger" disabled={!confirmed} busy={busy}>
              {t.deleteForGood}
            </Button>
          </div>
        </form>
      </Dialog>
    </Card>
  )
}
