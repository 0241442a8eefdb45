'use client'
/** Where the source is and how to sign in; what is stored of the sign-in is never shown, only replaced. */

import { KeyRound, PlugZap } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import { fieldErrors } from '@/graphql/errors.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/connector-settings.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { ConnectionTestResult } from '../connection/ConnectionTestResult.tsx'
import { useConnectionTest } from '../connection/use-connection-test.ts'
import { SchemaFields } from '../settings-form/SchemaFields.tsx'
import { type SchemaForm, useSchemaForm } from '../settings-form/use-schema-form.ts'
import type { Kind } from '../wizard/KindPicker.tsx'
import type { Connector } from './ConnectorPage.tsx'
import { useUpdateConnector } from './use-update-connector.ts'

export const ConnectionSettings = ({ connector, kind }: { connector: Connector; kind: Kind }) => {
  const settings = useSchemaForm(kind.settingsSchema, connector.settings)
  const credentials = useSchemaForm(kind.credentialsSchema, undefined, settings)
  const [replacing, setReplacing] = useState(!connector.hasCredentials)
  const refuse = (fields: Record<string, string>) => {
    settings.refuse(fields, 'settings')
    // A changed host demands the secret again: the fields for it must be there to be filled.
    if (Object.keys(fields).some((path) => path.startsWith('credentials'))) setReplacing(true)
    credentials.refuse(fields, 'credentials')
  }
  const update = useUpdateConnector(connector.id, refuse)
  const test = useConnectionTest((error) => refuse(fieldErrors(error)))

  const change = (form: SchemaForm) => (path: string, value: string | boolean) => {
    test.forget()
    form.set(path, value)
  }
  const input = () => ({ settings: settings.value(), ...(replacing && { credentials: credentials.value() }) })
  const check = () => settings.check() && (!replacing || credentials.check())
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (check()) update.save(input())
  }
  const runTest = () => check() && void test.run(connector.id, input())

  return (
    <form noValidate onSubmit={save}>
      <Card title={t.connection}>
        <div className="flex flex-col gap-4 p-4">
          <SchemaFields fields={settings.fields} draft={settings.draft} errors={settings.errors} onChange={change(settings)} />
          {replacing ? (
            <SchemaFields
              fields={credentials.fields}
              draft={credentials.draft}
              errors={credentials.errors}
              onChange={change(credentials)}
            />
          ) : (
            <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-sunken px-3 py-2 text-sm">
              <KeyRound aria-hidden className="size-4 text-ink-faint" />
              <span className="flex-1 text-ink-soft">{t.credentialsStored}</span>
              <Button size="sm" onClick={() => setReplacing(true)}>
                {t.replaceCredentials}
              </Button>
            </div>
          )}
          {update.refusal && Object.keys(update.refusal.fields).length === 0 && (
            <Callout tone="danger" role="alert" title={common.notSaved}>
              {update.refusal.message}
            </Callout>
          )}
          <ConnectionTestResult test={test} />
        </div>
        <footer className="flex flex-wrap justify-end gap-2 border-t bg-canvas px-4 py-3">
          <Button icon={PlugZap} busy={test.running} onClick={runTest}>
            {t.testConnection}
          </Button>
          <Button type="submit" variant="primary" busy={update.busy}>
            {t.saveConnection}
          </Button>
        </footer>
      </Card>
    </form>
  )
}
