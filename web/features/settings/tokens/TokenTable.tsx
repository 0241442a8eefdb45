'use client'
/** The tokens: whose, for what, how long, and whether anybody uses them. */

import { CircleCheck, CircleX, TimerOff } from 'lucide-react'
import { roleNames } from '@/features/session/roles.ts'
import type { ApiTokenState, TokenDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/api-tokens.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'

type Props = { tokens: readonly TokenDetailFragment[]; onRevoke: (token: TokenDetailFragment) => void }

export const TokenTable = ({ tokens, onRevoke }: Props) => (
  <Table label={t.title}>
    <thead>
      <tr>
        <Th>{t.token}</Th>
        <Th className="hidden sm:table-cell">{t.role}</Th>
        <Th>{t.state}</Th>
        <Th className="hidden md:table-cell">{t.lastUsed}</Th>
        <Th className="hidden lg:table-cell">{t.created}</Th>
        <Th>
          <span className="sr-only">{t.actions}</span>
        </Th>
      </tr>
    </thead>
    <tbody>
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} onRevoke={onRevoke} />
      ))}
    </tbody>
  </Table>
)

const TokenRow = ({ token, onRevoke }: { token: TokenDetailFragment; onRevoke: Props['onRevoke'] }) => (
  <Tr className="h-14">
    <Td className="w-full max-w-0">
      <p className="truncate font-medium">{token.name}</p>
      <p className="truncate font-mono text-xs text-ink-faint">{token.prefix === null ? t.givenBySettings : `${token.prefix}…`}</p>
    </Td>
    <Td className="hidden text-sm whitespace-nowrap text-ink-soft sm:table-cell">{roleNames[token.role]}</Td>
    <Td className="w-px whitespace-nowrap">
      <StateBadge state={token.state} />
      <p className="mt-0.5 text-xs text-ink-faint">
        <Ending token={token} />
      </p>
    </Td>
    <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft md:table-cell">
      {token.lastUsedAt === null ? t.never : <RelativeTime at={token.lastUsedAt} />}
    </Td>
    <Td className="hidden max-w-56 text-xs text-ink-soft lg:table-cell">
      <RelativeTime at={token.createdAt} />
      <p className="truncate text-ink-faint">{t.createdBy(token.createdBy)}</p>
    </Td>
    <Td className="w-px">
      {token.state === 'ACTIVE' && (
        <Button size="sm" variant="ghost" aria-label={t.revokeOf(token.name)} onClick={() => onRevoke(token)}>
          {t.revoke}
        </Button>
      )}
    </Td>
  </Tr>
)

const StateBadge = ({ state }: { state: ApiTokenState }) => {
  if (state === 'ACTIVE')
    return (
      <Badge tone="completed" icon={CircleCheck}>
        {t.stateNames.ACTIVE}
      </Badge>
    )
  return state === 'EXPIRED' ? <Badge icon={TimerOff}>{t.stateNames.EXPIRED}</Badge> : <Badge icon={CircleX}>{t.stateNames.REVOKED}</Badge>
}

const Ending = ({ token: { state, expiresAt, revokedAt } }: { token: TokenDetailFragment }) => {
  if (state === 'REVOKED' && revokedAt !== null) return <RelativeTime at={revokedAt} />
  if (expiresAt === null) return t.doesNotExpire
  const time = <RelativeTime at={expiresAt} />
  return state === 'ACTIVE' ? t.expires(time) : time
}
