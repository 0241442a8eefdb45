'use client'
/** Has the audit log checked, entry by entry, and says what was found. */

import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useClient } from 'urql'
import { messageOf } from '@/graphql/errors.ts'
import { VerifyAuditLogDocument, type VerifyAuditLogQuery } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/audit-log.tsx'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'

type Answer = VerifyAuditLogQuery['verifyAuditLog'] | { refused: string }

export const useVerification = () => {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const verify = async () => {
    setBusy(true)
    const { data, error } = await client.query(VerifyAuditLogDocument, {}, { requestPolicy: 'network-only' }).toPromise()
    setBusy(false)
    setAnswer(data?.verifyAuditLog ?? { refused: error ? messageOf(error) : t.noAnswer })
  }
  return { busy, answer, verify: () => void verify() }
}

export const VerifyButton = ({ busy, verify }: { busy: boolean; verify: () => void }) => (
  <Button icon={ShieldCheck} busy={busy} onClick={verify}>
    {t.verify}
  </Button>
)

export const Verdict = ({ answer }: { answer: Answer | null }) => <div aria-live="polite">{answer && <Words answer={answer} />}</div>

const Words = ({ answer }: { answer: Answer }) => {
  if ('refused' in answer)
    return (
      <Callout tone="danger" className="mb-3" title={t.notVerified}>
        {answer.refused}
      </Callout>
    )
  const { ok, entries, lastHash, problem } = answer
  return ok ? (
    <Callout tone="success" className="mb-3" title={t.allSound(entries)}>
      {t.allSoundHint(<span className="font-mono text-xs break-all">{lastHash}</span>)}
    </Callout>
  ) : (
    <Callout tone="danger" className="mb-3" title={t.broken(problem)}>
      {t.brokenHint(entries)}
    </Callout>
  )
}
