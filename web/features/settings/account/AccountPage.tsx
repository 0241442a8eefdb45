'use client'
/** One's own account: who one is here, and one's password. */

import { useQuery } from 'urql'
import { roleCards } from '@/features/session/roles.ts'
import { ViewerDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/account.ts'
import * as common from '@/texts/common.ts'
import { Card } from '@/ui/Card.tsx'
import { ChangePassword } from './ChangePassword.tsx'

export const AccountPage = () => {
  const [{ data }] = useQuery({ query: ViewerDocument })
  if (!data?.viewer) return null
  const { name, email, role } = data.viewer
  const card = roleCards.find(({ value }) => value === role)
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title={t.you}>
        <dl>
          {[
            [common.name, name],
            [t.email, email ?? ''],
            [t.role, card ? t.roleAndAbilities(card.label, card.description) : role],
          ].map(([label, value]) => (
            <div key={label} className="flex justify-between gap-4 px-4 py-2.5 text-sm not-last:border-b">
              <dt className="text-ink-faint">{label}</dt>
              <dd className="min-w-0 text-right break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <ChangePassword />
    </div>
  )
}
