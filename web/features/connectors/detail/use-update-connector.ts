'use client'
/** Saves a change of a connector, and hands each refusal to the form that caused it. */

import { useState } from 'react'
import { useClient } from 'urql'
import { fieldErrors, messageOf } from '@/graphql/errors.ts'
import { UpdateConnectorDocument, type UpdateConnectorInput } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/connector-change.ts'
import { toasts } from '@/ui/toasts.ts'

type Refusal = { message: string; fields: Record<string, string> }

export const useUpdateConnector = (id: string, onRefused: (fields: Record<string, string>) => void) => {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const save = async (input: UpdateConnectorInput, onSaved?: () => void) => {
    setBusy(true)
    setRefusal(null)
    const { data, error } = await client.mutation(UpdateConnectorDocument, { id, input }).toPromise()
    setBusy(false)
    if (error) {
      const fields = fieldErrors(error)
      setRefusal({ message: messageOf(error), fields })
      onRefused(fields)
    }
    if (!data) return
    toasts.add({ title: t.saved(data.updateConnector.name) })
    onSaved?.()
  }
  return { save: (input: UpdateConnectorInput, onSaved?: () => void) => void save(input, onSaved), busy, refusal }
}
