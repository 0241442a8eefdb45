/** What the queues carry: ids only. What they mean is read from the store. */

export type Deliveries = {
  /** Execute this attempt of this run. */
  runs: { runId: string; attempt: number }
  /** Answer this question to a source: a Connection Test or a discovery. */
  'source-requests': { id: string }
}

export type QueueName = keyof Deliveries
