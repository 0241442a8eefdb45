'use client'
/** A Connection Test of what a form holds; its result stands until the form changes. */

import { useState } from 'react'
import type { CombinedError } from 'urql'
import { useGraph } from '@/graphql/GraphProvider.tsx'
import { type ConnectionInput, TestConnectionDocument, type TestConnectionMutation } from '@/graphql/generated/graphql.ts'

type TestResult = TestConnectionMutation['testConnection']

export type ConnectionTest = {
  running: boolean
  result: TestResult | null
  /** null when the API refused the question itself; `onRefused` has heard why. */
  run(id: string | null, input: ConnectionInput): Promise<TestResult | null>
  forget(): void
}

export const useConnectionTest = (onRefused: (error: CombinedError) => void): ConnectionTest => {
  const { client } = useGraph()
  const [running, setRunning] = useState(false)
  const [result, setResult] = useState<TestResult | null>(null)
  return {
    running,
    result,
    forget: () => setResult(null),
    run: async (id, input) => {
      setRunning(true)
      setResult(null)
      const { data, error } = await client.mutation(TestConnectionDocument, { id, input }).toPromise()
      setRunning(false)
      if (error) onRefused(error)
      const answer = data?.testConnection ?? null
      setResult(answer)
      return answer
    },
  }
}
