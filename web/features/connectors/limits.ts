/** A connector's limits as a form describes them; the API holds the same bounds. */

import * as t from '@/texts/connector-limits.ts'

export const limitsSchema = {
  properties: {
    connectTimeoutSeconds: {
      type: 'integer',
      title: t.connectTimeout,
      description: t.connectTimeoutHint,
      default: 20,
      minimum: 1,
      maximum: 300,
    },
    maxAttempts: {
      type: 'integer',
      title: t.attempts,
      description: t.attemptsHint,
      default: 3,
      minimum: 1,
      maximum: 10,
    },
    memoryMb: {
      type: 'integer',
      title: t.memory,
      description: t.memoryHint,
      default: 256,
      minimum: 64,
      maximum: 4096,
    },
    maxDurationSeconds: {
      type: 'integer',
      title: t.longestRun,
      description: t.longestRunHint,
      minimum: 1,
      maximum: 604_800,
    },
  },
}
