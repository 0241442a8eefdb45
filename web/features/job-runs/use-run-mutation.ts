'use client'
/** An action that makes a new run out of one that has ended: goes to the new run, or says why there is none. */

import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useClient } from 'urql'
import { runPath, showRefusal } from './run-actions.ts'

type Action<Data, Variables extends AnyVariables> = {
  mutation: TypedDocumentNode<Data, Variables>
  newRun: (data: Data) => { number: number }
  /** Title of a refusal. */
  refusedAs: string
}

export const useRunMutation = <Data, Variables extends AnyVariables>({ mutation, newRun, refusedAs }: Action<Data, Variables>) => {
  const client = useClient()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const start = async (variables: Variables) => {
    setBusy(true)
    const { data, error } = await client.mutation(mutation, variables).toPromise()
    if (data) return router.push(runPath(newRun(data).number))
    setBusy(false)
    if (error) showRefusal(refusedAs, error, router.push)
  }
  return { start: (variables: Variables) => void start(variables), busy }
}
