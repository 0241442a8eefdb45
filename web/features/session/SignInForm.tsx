'use client'
/** Email and password in, session cookie out. */

import { ArrowRight } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import * as t from '@/texts/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'

/** null when the visitor is signed in now, else why not and what to do. */
const signIn = async (email: string, password: string): Promise<string | null> => {
  const response = await fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  }).catch(() => null)
  if (response?.ok) return null
  if (response === null || response.status >= 500) return t.noAnswer
  if (response.status !== 429) return t.wrong
  const seconds = Number(response.headers.get('x-retry-after') ?? response.headers.get('retry-after'))
  return t.tooManyAttempts(seconds)
}

const entered = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

export const SignInForm = ({ next }: { next: string }) => {
  const [problem, setProblem] = useState<string | null>(null)
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({})
  const [busy, setBusy] = useState(false)

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const email = entered(form, 'email').trim()
    const password = entered(form, 'password')
    setMissing({ ...(!email && { email: t.emailMissing }), ...(!password && { password: t.passwordMissing }) })
    setProblem(null)
    if (!email || !password) return
    setBusy(true)
    const refusal = await signIn(email, password)
    // A full load: the page, its data and its socket all begin with the new session.
    if (refusal === null) return window.location.assign(next)
    setProblem(refusal)
    setBusy(false)
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <Field label={t.email} error={missing.email}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- signing in is all this page is for
          autoFocus
          className="h-9"
        />
      </Field>
      <Field label={t.password} error={missing.password}>
        <Input name="password" type="password" autoComplete="current-password" className="h-9" />
      </Field>
      {problem && (
        <Callout tone="danger" role="alert">
          <span className="text-ink">{problem}</span>
        </Callout>
      )}
      <Button type="submit" variant="primary" busy={busy} className="mt-1 h-9 w-full">
        {t.signIn} {!busy && <ArrowRight aria-hidden className="size-3.5" />}
      </Button>
    </form>
  )
}
