/** A connector's limits as a form describes them; the API holds the same bounds. */

export const limitsSchema = {
  properties: {
    connectTimeoutSeconds: {
      type: 'integer',
      title: 'Connect timeout, s',
      description: 'How long the source may take to answer.',
      default: 20,
      minimum: 1,
      maximum: 300,
    },
    maxAttempts: {
      type: 'integer',
      title: 'Attempts',
      description: 'Of one run when it fails for a passing reason; 1 means no repeat.',
      default: 3,
      minimum: 1,
      maximum: 10,
    },
    memoryMb: {
      type: 'integer',
      title: 'Memory, MiB',
      description: 'A run that outgrows it ends alone.',
      default: 256,
      minimum: 64,
      maximum: 4096,
    },
    maxDurationSeconds: {
      type: 'integer',
      title: 'Longest run, s',
      description: 'Over all attempts. Empty: no limit.',
      minimum: 1,
      maximum: 604_800,
    },
  },
}
