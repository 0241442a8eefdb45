'use client'
/** Makes a change through the API; what is refused stays with the form that asked for it. */

import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { useState } from 'react'
import { useClient } from 'urql'
import { fieldErrors, messageOf } from '@/graphql/errors.ts'

/** `fields` says it beside a field; `message` is for what belongs to none. */
export type Refusal = { message: string; fields: Record<string, string> }

export const useChange = <Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>) => {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  /** @returns null when it was refused */
  const change = async (variables: Variables): Promise<Data | null> => {
    setBusy(true)
    setRefusal(null)
    const { data, error } = await client.mutation(document, variables).toPromise()
    setBusy(false)
    if (error) setRefusal({ message: messageOf(error), fields: fieldErrors(error) })
    return error ? null : (data ?? null)
  }
  return { change, busy, refusal, forget: () => setRefusal(null) }
}
