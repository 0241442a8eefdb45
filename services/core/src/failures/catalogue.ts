/** Every way a run can end badly: its status, whether a new attempt may help, why it happens and what to do. */

type Cause = {
  /** What it is called where many are listed. */
  title: string
  status: 'FAILED' | 'ERROR'
  retryable: boolean
  /** Why this happens, for an administrator. */
  rootCause: string
  /** What to do next, in the words of the console. */
  resolution: string
}

export const failureCatalogue = {
  CONNECTION_TIMEOUT: {
    title: 'Connection timeout',
    status: 'FAILED',
    retryable: true,
    rootCause:
      'Nothing answered in time. Most often a firewall drops the traffic between the AIIA worker and the source, or the host is down.',
    resolution:
      'Allow outbound connections from the AIIA worker to this host and port, check that the source is up, run a Connection Test, then click Retry.',
  },
  CONNECTION_REFUSED: {
    title: 'Connection refused',
    status: 'FAILED',
    retryable: true,
    rootCause: 'The host answered, but nothing accepts connections on this port: the service is stopped, or the port is wrong.',
    resolution: 'Start the service at the source or correct the port in the connector settings, run a Connection Test, then click Retry.',
  },
  HOST_NOT_FOUND: {
    title: 'Host not found',
    status: 'FAILED',
    retryable: true,
    rootCause: 'The host name has no address in the DNS that the AIIA worker uses.',
    resolution:
      'Correct the host name in the connector settings, or add it to the DNS of the worker, run a Connection Test, then click Retry.',
  },
  TLS_FAILED: {
    title: 'TLS could not be agreed',
    status: 'FAILED',
    retryable: false,
    rootCause:
      'The encrypted connection could not be agreed: the certificate is not trusted, does not fit the host name, or one side does not speak TLS.',
    resolution: 'Check the TLS mode and the certificate authority in the connector settings, run a Connection Test, then click Retry.',
  },
  CONNECTION_LOST: {
    title: 'Connection lost',
    status: 'FAILED',
    retryable: true,
    rootCause:
      'The connection broke while the run was using it: the source restarted, or the network between it and the worker was interrupted.',
    resolution: 'Check that the source stays up for the length of a run and that no firewall cuts long connections, then click Retry.',
  },
  INVALID_CREDENTIALS: {
    title: 'Sign-in rejected',
    status: 'FAILED',
    retryable: false,
    rootCause: 'The source rejected the sign-in: the user, password or key was changed there, or has expired.',
    resolution: 'Update the credentials in the connector settings, run a Connection Test, then click Retry.',
  },
  PERMISSION_DENIED: {
    title: 'Permission denied',
    status: 'FAILED',
    retryable: false,
    rootCause: 'The sign-in worked, but this user may not read what the stream asks for.',
    resolution: 'Grant the connector’s user read access to the named object at the source, then click Retry.',
  },
  PROTOCOL_ERROR: {
    title: 'Unexpected answer',
    status: 'FAILED',
    retryable: true,
    rootCause:
      'The other side answered in a way that its protocol does not allow: often a proxy, a load balancer or another service on that port.',
    resolution: 'Check that host and port belong to the source itself, run a Connection Test, then click Retry.',
  },
  SOURCE_UNAVAILABLE: {
    title: 'Source cannot serve now',
    status: 'FAILED',
    retryable: true,
    rootCause: 'The source is reachable and says that it cannot serve now: it is starting, shutting down, or out of connections.',
    resolution: 'Wait until the source is available again, or raise its connection limit, then click Retry.',
  },
  RATE_LIMITED: {
    title: 'Too many requests',
    status: 'FAILED',
    retryable: true,
    rootCause: 'The source allows only so many requests in a time, and this run met that limit.',
    resolution: 'Schedule the connector for a quieter hour or have the limit raised at the source, then click Retry.',
  },
  RUN_TIMEOUT: {
    title: 'Run took too long',
    status: 'FAILED',
    retryable: false,
    rootCause: 'The run took longer than the connector’s maximum duration allows.',
    resolution: 'Raise the maximum duration in the connector’s limits, or read less per run by narrowing the query, then click Retry.',
  },
  OUT_OF_MEMORY: {
    title: 'Run needed too much memory',
    status: 'FAILED',
    retryable: false,
    rootCause: 'The run needed more memory than its limit: usually single rows of many megabytes.',
    resolution: 'Raise the memory limit in the connector’s limits, or leave very large columns out of the stream, then click Retry.',
  },
  WORKER_LOST: {
    title: 'Worker lost',
    status: 'FAILED',
    retryable: true,
    rootCause:
      'The worker that held this run stopped answering: it crashed, was killed, or its host went away. Nothing half done was committed.',
    resolution: 'Check that a worker is online under System, then click Retry.',
  },
  DESTINATION_UNAVAILABLE: {
    title: 'Destination unavailable',
    status: 'FAILED',
    retryable: true,
    rootCause: 'The destination database could not be reached or written: it is down, full, read-only or out of connections.',
    resolution: 'Check the destination database and its free disk space, then click Retry.',
  },
  COLUMN_MISSING: {
    title: 'Table or column missing',
    status: 'ERROR',
    retryable: false,
    rootCause: 'The source no longer has a table or column that the stream is mapped from: it was renamed or dropped there.',
    resolution: 'Correct the stream’s table, columns or custom SQL in the connector, then run Sync Now again.',
  },
  COLUMN_TYPE_CHANGED: {
    title: 'Columns changed',
    status: 'ERROR',
    retryable: false,
    rootCause:
      'The columns of the source are others than the destination was made for: one has another type, or one came that the stream does not accept.',
    resolution: 'Adjust the mapping of the named column, or have the destination table rebuilt, then run Sync Now again.',
  },
  ROWS_REJECTED: {
    title: 'Too many rows rejected',
    status: 'ERROR',
    retryable: false,
    rootCause: 'More rows failed validation than the stream tolerates.',
    resolution:
      'Look at the rejected rows of this run, correct the data at the source or the mapping, or raise the stream’s reject limit, then run Sync Now again.',
  },
  INVALID_QUERY: {
    title: 'Query refused',
    status: 'ERROR',
    retryable: false,
    rootCause: 'The source refuses what the stream asks for (its SQL, path or filter), or the stream’s options do not fit together.',
    resolution: 'Correct the SQL, path or option that the message names in the stream’s settings. Then run Sync Now again.',
  },
  INVALID_FILE: {
    title: 'Unreadable file',
    status: 'ERROR',
    retryable: false,
    rootCause: 'A file of the source cannot be read as the format that the stream expects.',
    resolution: 'Correct the file or the stream’s format settings, then run Sync Now again.',
  },
  DUPLICATE_KEY: {
    title: 'Duplicate primary key',
    status: 'ERROR',
    retryable: false,
    rootCause: 'Rows of the extract share a primary key, and the stream forbids that.',
    resolution: 'Choose a primary key that is unique at the source, then run Sync Now again.',
  },
  CONTROL_TOTAL_MISMATCH: {
    title: 'Control totals differ',
    status: 'ERROR',
    retryable: false,
    rootCause:
      'The rows that would be committed do not add up to what the source itself counts and sums: rows were rejected, share a key, or were changed by the mapping.',
    resolution:
      'Compare the totals in the message, look at the rejected rows of this run, and correct the mapping or the primary key. Then run Sync Now again.',
  },
  INTERNAL: {
    title: 'Defect of the platform',
    status: 'FAILED',
    retryable: false,
    rootCause: 'A defect of the platform itself, not of the source.',
    resolution:
      'Report it with the reference in its message and the trace below; the worker’s log has it under the same reference. Retry is safe, since nothing half done was committed.',
  },
} as const satisfies Record<string, Cause>

export type FailureCode = keyof typeof failureCatalogue

export const failureCodes = Object.keys(failureCatalogue) as FailureCode[]

export const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failureCatalogue, code)
