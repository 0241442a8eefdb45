'use client'
/** First step: where the source is, how to sign in there, and proof that it works. */

import { ArrowRight, PlugZap } from 'lucide-react'
import type { SubmitEvent } from 'react'
import type { ConnectionInput } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/wizard.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { ConnectionTestResult } from '../connection/ConnectionTestResult.tsx'
import type { ConnectionTest } from '../connection/use-connection-test.ts'
import { SchemaFields } from '../settings-form/SchemaFields.tsx'
import type { SchemaForm } from '../settings-form/use-schema-form.ts'

type Props = {
  settings: SchemaForm
  credentials: SchemaForm
  test: ConnectionTest
  input: () => ConnectionInput
  onContinue: () => void
}

export const ConnectionStep = ({ settings, credentials, test, input, onContinue }: Props) => {
  const check = () => {
    const [settingsRight, credentialsRight] = [settings.check(), credentials.check()]
    return settingsRight && credentialsRight
  }
  const runTest = async () => (check() ? test.run(null, input()) : null)
  const goOn = async (event: SubmitEvent) => {
    event.preventDefault()
    if (test.running) return
    if (test.result?.ok || (await runTest())?.ok) onContinue()
  }
  const change = (form: SchemaForm) => (path: string, value: string | boolean) => {
    test.forget()
    form.set(path, value)
  }
  return (
    <form noValidate onSubmit={(event) => void goOn(event)}>
      <Card>
        <div className="flex flex-col gap-4 p-4 sm:p-5">
          <SchemaFields fields={settings.fields} draft={settings.draft} errors={settings.errors} onChange={change(settings)} />
          <SchemaFields fields={credentials.fields} draft={credentials.draft} errors={credentials.errors} onChange={change(credentials)} />
          <ConnectionTestResult test={test} />
        </div>
        <footer className="flex flex-wrap justify-end gap-2 border-t bg-canvas px-4 py-3 sm:px-5">
          <Button icon={PlugZap} busy={test.running} onClick={() => void runTest()}>
            {t.testConnection}
          </Button>
          <Button type="submit" variant="primary" aria-disabled={test.running}>
            {t.goOn} <ArrowRight aria-hidden className="size-3.5" />
          </Button>
        </footer>
      </Card>
    </form>
  )
}
