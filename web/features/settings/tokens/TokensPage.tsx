'use client'
/** Tokens of automation clients. */

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { ApiTokensDocument, RevokeApiTokenDocument, type TokenDetailFragment } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import * as t from '@/texts/api-tokens.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { toasts } from '@/ui/toasts.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { useChange } from '../use-change.ts'
import { CreateToken } from './CreateToken.tsx'
import { CurlExample } from './CurlExample.tsx'
import { TokenTable } from './TokenTable.tsx'

export const TokensPage = () => {
  const [{ data }] = useLiveQuery({ query: ApiTokensDocument, variables: {} })
  const [withEnded, setWithEnded] = useState(false)
  const [toRevoke, setToRevoke] = useState<TokenDetailFragment | null>(null)
  if (!data) return null
  const active = data.apiTokens.filter(({ state }) => state === 'ACTIVE')
  const ended = data.apiTokens.length - active.length
  const shown = withEnded ? data.apiTokens : active
  return (
    <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_26rem]">
      <Card title={t.title} aside={<CreateToken />}>
        {shown.length === 0 ? (
          <EmptyState icon={KeyRound} title={t.emptyTitle}>
            {t.emptyHint}
            <div className="mt-4">
              <CurlExample />
            </div>
          </EmptyState>
        ) : (
          <TokenTable tokens={shown} onRevoke={setToRevoke} />
        )}
        {ended > 0 && (
          <div className="flex justify-center border-t p-2">
            <Button variant="ghost" size="sm" onClick={() => setWithEnded(!withEnded)}>
              {withEnded ? t.hideEnded : t.showEnded(ended)}
            </Button>
          </div>
        )}
      </Card>
      {shown.length > 0 && (
        <Card title={t.usageTitle}>
          <div className="flex flex-col gap-3 p-4 text-sm text-ink-soft">
            <p>{t.usageHint}</p>
            <CurlExample />
          </div>
        </Card>
      )}
      {toRevoke && <RevokeToken token={toRevoke} onClose={() => setToRevoke(null)} />}
    </div>
  )
}

const RevokeToken = ({ token, onClose }: { token: TokenDetailFragment; onClose: () => void }) => {
  const { change, busy, refusal } = useChange(RevokeApiTokenDocument)
  const revoke = async () => {
    if ((await change({ id: token.id })) === null) return
    toasts.add({ title: t.isRevoked(token.name) })
    onClose()
  }
  return (
    <ConfirmDialog
      title={t.revokeQuestion(token.name)}
      description={t.revokeHint(token.prefix)}
      action={t.revoke}
      danger
      busy={busy}
      refusal={refusal}
      onConfirm={() => void revoke()}
      onClose={onClose}
    />
  )
}
