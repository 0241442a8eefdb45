/** What an SSH server and the network say, in the terms of the catalogue. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { type FailurePlace, SyncError } from '@aiia/core/failures/failure'
import ssh2 from 'ssh2'
import { isBroken, messageOf, toNetworkError } from '../network/errors.ts'
import { beginning } from '../network/greeting.ts'
import type { SftpSettings } from './config.ts'

const { STATUS_CODE } = ssh2.utils.sftp

/** RFC 4253, section 11.1: reasons that a server gives when it ends a connection. */
const tooManyConnections = 12
const noMoreMethods = 14

type Fail = (code: FailureCode, message: string) => SyncError

const failing =
  (cause: unknown, place: FailurePlace): Fail =>
  (code, message) =>
    new SyncError(code, message, { cause, place })

/** What the server has said so far: its first words, and the ways to sign in that it has named last. */
export type Heard = { greeting: Buffer; offered: readonly string[] }

/** While signing in. */
export const toConnectError = (
  error: unknown,
  settings: SftpSettings,
  { timeoutMs, heard: { greeting, offered } }: { timeoutMs: number; heard: Heard },
): SyncError => {
  if (error instanceof SyncError) return error
  const [at, text] = [`${settings.host}:${settings.port}`, messageOf(error)]
  const failed = failing(error, { step: 'CONNECT' })
  // Whether it hangs up or waits for more.
  if (greeting.length > 0 && !/^SSH-/m.test(greeting.toString('latin1')))
    return failed('PROTOCOL_ERROR', `${at} does not answer as an SFTP server: it ${beginning(greeting)}.`)
  const network = toNetworkError(error, settings, timeoutMs)
  if (network !== null) return network
  if (levelOf(error) === 'client-authentication' || codeOf(error) === noMoreMethods) {
    const ways = offered.length === 0 ? '' : ` It takes: ${offered.join(', ')}.`
    return failed('INVALID_CREDENTIALS', `Sign-in to ${at} as "${settings.user}" refused.${ways}`)
  }
  if (/privateKey|passphrase/i.test(text))
    return failed('INVALID_CREDENTIALS', `The private key cannot be read: ${text.replace(/^Cannot parse privateKey: /, '')}.`)
  if (codeOf(error) === tooManyConnections) return failed('SOURCE_UNAVAILABLE', `${at} has too many connections: ${text}.`)
  if (/no matching/i.test(text)) return failed('TLS_FAILED', `No encryption could be agreed with ${at}: ${text}.`)
  if (isLost(error)) return failed('CONNECTION_LOST', `${at} ended the connection during sign-in: ${text}.`)
  return failed('PROTOCOL_ERROR', `${at} does not answer as an SFTP server: ${text}.`)
}

/** While files are listed and read. `what` is the file or folder, as `the folder "in"`. */
export const toRequestError = (
  error: unknown,
  { settings, timeoutMs, what }: { settings: SftpSettings; timeoutMs: number; what: string },
): SyncError => {
  if (error instanceof SyncError) return error
  const network = toNetworkError(error, settings, timeoutMs)
  if (network !== null) return network
  const [at, text] = [`${settings.host}:${settings.port}`, messageOf(error)]
  const failed = failing(error, {})
  switch (codeOf(error)) {
    case STATUS_CODE.PERMISSION_DENIED:
      return failed('PERMISSION_DENIED', `The user "${settings.user}" may not read ${what} at ${at}.`)
    case STATUS_CODE.NO_SUCH_FILE:
      return failed('INVALID_FILE', `There is no ${what.replace(/^the /, '')} at ${at}.`)
    case STATUS_CODE.NO_CONNECTION:
    case STATUS_CODE.CONNECTION_LOST:
      return failed('CONNECTION_LOST', `${at} lost its connection while ${what} was read: ${text}.`)
    case STATUS_CODE.FAILURE:
      return failed('SOURCE_UNAVAILABLE', `${at} could not read ${what}: ${text}.`)
    default:
      return isLost(error)
        ? failed('CONNECTION_LOST', `${at} ended the connection while ${what} was read.`)
        : failed('PROTOCOL_ERROR', `${at} failed to read ${what}: ${text}.`)
  }
}

/** The file was replaced, cut or removed after it was listed; a new attempt lists anew. */
export const changed = (what: string): SyncError =>
  new SyncError('SOURCE_UNAVAILABLE', `${asSubject(what)} was changed while it was read. Another attempt reads it as it is then.`)

export const outside = (what: string, root: string): SyncError =>
  new SyncError('PERMISSION_DENIED', `${asSubject(what)} is outside of "${root}", the folder of the settings.`)

/** `the file "a.csv"`, at the head of a sentence. */
const asSubject = (what: string): string => what.replace(/^the /, 'The ')

const isLost = (error: unknown): boolean =>
  isBroken(error) || /^(No response from server|Not connected|Keepalive timeout|Connection lost|.*closed)/.test(messageOf(error))

const levelOf = (error: unknown): unknown => (error instanceof Error && 'level' in error ? error.level : undefined)

/** Of an SFTP status, or of the reason for a disconnect. */
const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined
