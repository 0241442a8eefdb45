'use client'
/** Asks a worker what a source offers. */

import { useState } from 'react'
import { useClient } from 'urql'
import { type Explained, explain } from '@/graphql/errors.ts'
import { DiscoverStreamsDocument, type DiscoverStreamsMutationVariables } from '@/graphql/generated/graphql.ts'
import type { Discovered } from './stream-draft.ts'

export type Discovery = {
  /** null while they are not known. */
  streams: Discovered[] | null
  problem: Explained | null
  ask(): void
}

export const useDiscovery = (variables: () => DiscoverStreamsMutationVariables): Discovery => {
  const client = useClient()
  const [streams, setStreams] = useState<Discovered[] | null>(null)
  const [problem, setProblem] = useState<Explained | null>(null)
  const discover = async () => {
    setStreams(null)
    setProblem(null)
    const { data, error } = await client.mutation(DiscoverStreamsDocument, variables()).toPromise()
    if (error) setProblem(explain(error))
    setStreams(data?.discoverStreams ?? null)
  }
  return { streams, problem, ask: () => void discover() }
}

/** What the discovery said of what a stream reads. */
export const knownOf = (discovered: readonly Discovered[] | null, source: unknown) => {
  const same = discovered?.find((stream) => JSON.stringify(stream.source) === JSON.stringify(source))
  return same ? { columns: same.columns.map((column) => ({ ...column })), primaryKey: same.primaryKey } : null
}
