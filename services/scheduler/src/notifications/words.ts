/** Why a receiver was not reached, in plain words. */

import { TargetRefusedError } from './post.ts'

const codes = /\b(?:ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/

/** The mail library has codes of its own, and the network's in its message. */
const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return ''
  const [named] = codes.exec(error.message) ?? []
  return named ?? ('code' in error && typeof error.code === 'string' ? error.code : '')
}

/** @param host with its port, where it was named; never more of an address, which may be a secret */
export const networkProblem = (error: unknown, host: string, timeoutMs: number): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return networkProblem(error.errors[0], host, timeoutMs)
  if (error instanceof TargetRefusedError) return `${host} may not be reached: ${error.message}.`
  const code = codeOf(error)
  if (code === 'ETIMEDOUT' || (error instanceof Error && error.name === 'TimeoutError')) {
    return `${host} did not answer within ${timeoutMs / 1_000} seconds. Check that it runs, and that no firewall is before it.`
  }
  const text = error instanceof Error ? error.message : String(error)
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EDNS':
      return `The name in ${host} has no address. Check the spelling, and the DNS of the scheduler.`
    case 'ECONNREFUSED':
      return `Nothing accepts connections at ${host}. Check the port, and that the receiver runs.`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNECTION':
      return `${host} closed the connection without an answer.`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} cannot be reached. Check that no firewall is between it and the scheduler.`
    default:
      return `${host}: ${text}`.slice(0, 500)
  }
}
