'use client'
/** Has the audit log checked, entry by entry, and says what was found. */

import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useClient } from 'urql'
import { messageOf } from '@/graphql/errors.ts'
import { VerifyAuditLogDocument, type VerifyAuditLogQuery } from '@/graphql/generated/graphql.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { formatCount } from '@/ui/format.ts'

type Answer = VerifyAuditLogQuery['verifyAuditLog'] | { refused: string }

export const useVerification = () => {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const verify = async () => {
    setBusy(true)
    const { data, error } = await client.query(VerifyAuditLogDocument, {}, { requestPolicy: 'network-only' }).toPromise()
    setBusy(false)
    setAnswer(data?.verifyAuditLog ?? { refused: error ? messageOf(error) : 'The platform gave no answer.' })
  }
  return { busy, answer, verify: () => void verify() }
}

export const VerifyButton = ({ busy, verify }: { busy: boolean; verify: () => void }) => (
  <Button icon={ShieldCheck} busy={busy} onClick={verify}>
    Verify
  </Button>
)

export const Verdict = ({ answer }: { answer: Answer | null }) => <div aria-live="polite">{answer && <Words answer={answer} />}</div>

const Words = ({ answer }: { answer: Answer }) => {
  if ('refused' in answer)
    return (
      <Callout tone="danger" className="mb-3" title="The audit log could not be verified">
        {answer.refused}
      </Callout>
    )
  const { ok, entries, lastHash, problem } = answer
  const sound = `${formatCount(entries)} ${entries === 1 ? 'entry is' : 'entries are'} as written`
  return ok ? (
    <Callout tone="success" className="mb-3" title={`All ${sound}`}>
      Keep the hash of the last one outside the platform, and a log that is cut off later shows:{' '}
      <span className="font-mono text-xs break-all">{lastHash}</span>
    </Callout>
  ) : (
    <Callout tone="danger" className="mb-3" title={`The audit log is broken: ${problem}`}>
      {sound} before it. Somebody has changed the database past the platform; compare with a backup.
    </Callout>
  )
}
