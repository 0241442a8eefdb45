/** New lines as they are written. After a lost connection it goes on behind the last line that arrived. */

import { stringifyDocument } from '@urql/core'
import type { Client } from 'graphql-ws'
import { NewLogLinesDocument, type NewLogLinesSubscription } from '@/graphql/generated/graphql.ts'
import type { LogLine } from './log-source.ts'

type Tail = {
  run: string
  /** The last line that is here; read anew whenever the subscription starts again. */
  lastSeq: () => number
  onLines: (lines: LogLine[]) => void
  /** The run has ended and every line was sent. */
  onEnd: () => void
}

/** Returns what stops it. */
export const followLog = (client: Client, { run, lastSeq, onLines, onEnd }: Tail): (() => void) => {
  const variables = {
    run,
    // The client writes its variables out again for each connection, which makes this the place to go on from.
    get afterSeq() {
      return lastSeq()
    },
  }
  let stopped = false
  // Stopping completes the subscription too, and that is no end of the log.
  const end = () => !stopped && onEnd()
  const stop = client.subscribe<NewLogLinesSubscription>(
    { query: stringifyDocument(NewLogLinesDocument), variables },
    { next: ({ data }) => data && onLines(data.jobRunLogs.lines), error: end, complete: end },
  )
  return () => {
    stopped = true
    stop()
  }
}
