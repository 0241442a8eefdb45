'use client'
/** Asks a worker for the first rows of a stream, and what its mapping makes of them. */

import { useState } from 'react'
import type { CombinedError } from 'urql'
import { type Explained, explain, fieldErrors, messageOf } from '@/graphql/errors.ts'
import { useGraph } from '@/graphql/GraphProvider.tsx'
import { type ConnectionInput, PreviewStreamDocument, type PreviewStreamMutation, type StreamInput } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/streams.ts'
import { errorsOfStream } from './stream-draft.ts'

export type Preview = PreviewStreamMutation['previewStream']

/** Where the stream is read from: a connector, or a connection that is not saved yet. */
export type PreviewPlace = { connectorId: string } | { input: ConnectionInput }

export type StreamPreview = {
  running: boolean
  result: Preview | null
  problem: Explained | null
  /** null where there is none: `problem` says why, or `refused` has heard what is wrong with the stream itself. */
  ask(stream: StreamInput, options?: { /** false: it is not for the eye. */ show: boolean }): Promise<Preview | null>
}

export const useStreamPreview = (place: () => PreviewPlace, onRefused: (errors: Record<string, string>) => void): StreamPreview => {
  const { uncached } = useGraph()
  const [running, setRunning] = useState(false)
  const [result, setResult] = useState<Preview | null>(null)
  const [problem, setProblem] = useState<Explained | null>(null)
  const refuse = (error: CombinedError) => {
    const fields = fieldErrors(error)
    const own = errorsOfStream(fields, 'stream')
    onRefused(own)
    const first = Object.entries(fields).find(([path]) => !path.startsWith('stream'))
    if (first) setProblem({ message: `${first[0]}: ${first[1]}`, rootCause: '', resolution: '' })
    else if (Object.keys(own).length === 0) setProblem(explain(error))
    else setProblem({ message: messageOf(error), rootCause: '', resolution: t.correctAndPreview })
  }
  return {
    running,
    result,
    problem,
    ask: async (stream, { show } = { show: true }) => {
      setRunning(true)
      setProblem(null)
      const { data, error } = await uncached.mutation(PreviewStreamDocument, { ...place(), stream }).toPromise()
      setRunning(false)
      if (error) refuse(error)
      const answer = data?.previewStream ?? null
      if (show) setResult(answer)
      return answer
    },
  }
}
