'use client'
/** Asks whoever signs in with a password that somebody else has seen to choose their own. */

import Link from 'next/link'
import { useQuery } from 'urql'
import { ViewerDocument } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/generated-password.tsx'
import { Callout } from '@/ui/Callout.tsx'

/** @param first as the server knew it when it drew the page */
export const GeneratedPasswordBanner = ({ first }: { first: boolean }) => {
  const [{ data }] = useQuery({ query: ViewerDocument, pause: !first })
  if (!(data?.viewer?.passwordGenerated ?? first)) return null
  return (
    <Callout tone="warning" className="mb-5" title={t.title}>
      {t.hint(
        <Link href="/admin/settings/account" className="rounded-sm font-medium text-ink underline underline-offset-2">
          {t.chooseOwn}
        </Link>,
      )}
    </Callout>
  )
}
