'use client'
/** The tokens: whose, for what, how long, and whether anybody uses them. */

import { CircleCheck, CircleX, TimerOff } from 'lucide-react'
import { roleNames } from '@/features/session/roles.ts'
import type { ApiTokenState, TokenDetailFragment } from '@/graphql/generated/graphql.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { RelativeTime } from '@/ui/RelativeTime.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'

type Props = { tokens: readonly TokenDetailFragment[]; onRevoke: (token: TokenDetailFragment) => void }

export const TokenTable = ({ tokens, onRevoke }: Props) => (
  <Table label="API tokens">
    <thead>
      <tr>
        <Th>Token</Th>
        <Th className="hidden sm:table-cell">Role</Th>
        <Th>State</Th>
        <Th className="hidden md:table-cell">Last used</Th>
        <Th className="hidden lg:table-cell">Created</Th>
        <Th>
          <span className="sr-only">Actions</span>
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
      <p className="truncate font-mono text-xs text-ink-faint">{token.prefix === null ? 'as given by ADMIN_TOKEN' : `${token.prefix}…`}</p>
    </Td>
    <Td className="hidden text-sm whitespace-nowrap text-ink-soft sm:table-cell">{roleNames[token.role]}</Td>
    <Td className="w-px whitespace-nowrap">
      <StateBadge state={token.state} />
      <p className="mt-0.5 text-xs text-ink-faint">
        <Ending token={token} />
      </p>
    </Td>
    <Td className="hidden w-px text-xs whitespace-nowrap text-ink-soft md:table-cell">
      {token.lastUsedAt === null ? 'never' : <RelativeTime at={token.lastUsedAt} />}
    </Td>
    <Td className="hidden max-w-56 text-xs text-ink-soft lg:table-cell">
      <RelativeTime at={token.createdAt} />
      <p className="truncate text-ink-faint">by {token.createdBy}</p>
    </Td>
    <Td className="w-px">
      {token.state === 'ACTIVE' && (
        <Button size="sm" variant="ghost" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
          Revoke
        </Button>
      )}
    </Td>
  </Tr>
)

const StateBadge = ({ state }: { state: ApiTokenState }) => {
  if (state === 'ACTIVE')
    return (
      <Badge tone="completed" icon={CircleCheck}>
        Active
      </Badge>
    )
  return state === 'EXPIRED' ? <Badge icon={TimerOff}>Expired</Badge> : <Badge icon={CircleX}>Revoked</Badge>
}

const Ending = ({ token: { state, expiresAt, revokedAt } }: { token: TokenDetailFragment }) => {
  if (state === 'REVOKED' && revokedAt !== null) return <RelativeTime at={revokedAt} />
  if (expiresAt === null) return 'does not expire'
  return (
    <>
      {state === 'ACTIVE' && 'expires '}
      <RelativeTime at={expiresAt} />
    </>
  )
}
