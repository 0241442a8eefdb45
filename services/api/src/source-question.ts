/** Asks a source something through a worker, since only workers reach sources, and waits for the answer. */

import { randomUUID } from 'node:crypto'
import type { ConnectorKind } from '@aiia/connectors/kinds'
import { type AskedOfSource, askSource, readAnswer, type SourceAnswer } from '@aiia/store/source-requests'
import { listWorkers } from '@aiia/store/workers'
import type { Services } from './context.ts'
import type { SourceSilence } from './errors.ts'
import type { Credentials } from './input/connection.ts'

/** The question had no answer at all, which is not the source's failure. */
export class SourceSilenceError extends Error {
  override readonly name = 'SourceSilenceError'
  readonly silence: SourceSilence

  constructor(silence: SourceSilence) {
    super(silence.message)
    this.silence = silence
  }
}

export type SourceQuestion = Connection & AskedOfSource

export type Connection = {
  kind: ConnectorKind
  settings: unknown
  credentials: Credentials
  connectTimeoutSeconds: number
}

/** Beyond the time that the source has: for the way through the queue, and for reading a large catalogue. */
const extraSeconds: Record<SourceQuestion['question'], number> = { TEST: 5, DISCOVER: 30, PREVIEW: 30 }

/** How often to look although no event came: the feed may lose one. */
const lookEveryMs = 1_000

type Asking = Pick<Services, 'prisma' | 'messaging' | 'secretBox' | 'sourceAnswers'>

/** @throws SourceSilenceError when nobody answers */
export const askThroughWorker = async (
  { prisma, messaging, secretBox, sourceAnswers }: Asking,
  { kind, credentials, ...asked }: SourceQuestion,
): Promise<SourceAnswer> => {
  if (!(await listWorkers({ prisma })).some(({ online }) => online)) throw new SourceSilenceError(noWorker)
  const id = randomUUID()
  const deadline = Date.now() + (asked.connectTimeoutSeconds + extraSeconds[asked.question]) * 1000
  let told = sourceAnswers.told(id, lookEveryMs)
  await askSource(
    { prisma },
    {
      ...asked,
      id,
      kind: kind.kind,
      credentials: credentials === null ? null : secretBox.seal(credentials, `source-request:${id}`),
    },
  )
  await messaging.deliver('source-requests', id, { id })
  while (Date.now() < deadline) {
    await told
    told = sourceAnswers.told(id, Math.min(lookEveryMs, Math.max(0, deadline - Date.now())))
    const answer = await readAnswer({ prisma }, id)
    if (answer !== null) return answer
  }
  throw new SourceSilenceError(noAnswer)
}

const place = { retryable: true, step: null, stream: null, trace: null, reference: null }

const noWorker: SourceSilence = {
  ...place,
  code: 'NO_WORKER_ONLINE',
  message: 'No worker is online, so nobody can reach the source.',
  rootCause:
    'Workers reach sources, not the API. None has reported within the last seconds: none is started, or they cannot reach the database.',
  resolution: 'Start a worker, see under System that it is online, then try again.',
}

const noAnswer: SourceSilence = {
  ...place,
  code: 'NO_ANSWER',
  message: 'The worker did not answer in time.',
  rootCause: 'The worker that took the question is very busy, was stopped meanwhile, or the queue is not delivering.',
  resolution: 'See under System whether workers are online and the queue moves, then try again.',
}
