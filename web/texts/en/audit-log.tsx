/** The audit log, in the settings. */

import type { ReactNode } from 'react'
import type { AuditAction, AuditActorKind } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

export const title = 'Audit log'

export const search = 'Search the audit log'
export const searchExample = 'Person, connector or address'
export const action = 'Action'
export const actionNames: Record<AuditAction, string> = {
  CONNECTOR_CREATED: 'Connector created',
  CONNECTOR_UPDATED: 'Connector changed',
  CONNECTOR_DELETED: 'Connector deleted',
  RUN_REQUESTED: 'Sync requested',
  RUN_RETRIED: 'Run retried',
  RUN_CANCELLED: 'Run cancelled',
  ROWS_REPLAYED: 'Rejected rows replayed',
  MAPPING_APPLIED: 'Mapping applied',
  PLATFORM_PAUSED: 'Platform paused',
  PLATFORM_RESUMED: 'Platform resumed',
  TOKEN_CREATED: 'Token created',
  TOKEN_REVOKED: 'Token revoked',
  PERSON_CREATED: 'Person created',
  PERSON_UPDATED: 'Person changed',
  PERSON_DEACTIVATED: 'Person deactivated',
  PERSON_REACTIVATED: 'Person reactivated',
  PERSON_REMOVED: 'Person removed',
  PASSWORD_RESET: 'Password reset',
  PASSWORD_CHANGED: 'Password changed',
  CHANNEL_CREATED: 'Channel added',
  CHANNEL_UPDATED: 'Channel changed',
  CHANNEL_DELETED: 'Channel deleted',
  CHANNEL_TESTED: 'Channel tested',
  RETENTION_CHANGED: 'Retention changed',
  SIGNED_IN: 'Signed in',
  SIGN_IN_FAILED: 'Sign-in refused',
}
export const period = 'Period'
export const anyTime = 'Any time'
export const lastDay = 'Last 24 hours'
export const lastWeek = 'Last 7 days'
export const lastMonth = 'Last 30 days'
/** Takes all filters away. */
export const clear = 'Clear'

export const verify = 'Verify'
export const noAnswer = 'The platform gave no answer.'
export const notVerified = 'The audit log could not be verified'

const sound = (entries: number): string => `${formatCount(entries)} ${entries === 1 ? 'entry is' : 'entries are'} as written`

export const allSound = (entries: number) => `All ${sound(entries)}`
export const allSoundHint = (lastHash: ReactNode) => (
  <>Keep the hash of the last one outside the platform, and a log that is cut off later shows: {lastHash}</>
)
/** @param problem a sentence without its full stop, as the platform says it */
export const broken = (problem: string | null) => `The audit log is broken: ${problem}`
/** @param entries those before the first that is not as it was written */
export const brokenHint = (entries: number) =>
  `${sound(entries)} before it. Somebody has changed the database past the platform; compare with a backup.`

export const emptyTitle = 'No entry matches'
export const emptyHint = 'Nothing that was done has what the filters ask for.'
export const clearFilters = 'Clear the filters'

/** Above the numbers of the entries. */
export const numberColumn = 'No.'
export const what = 'What'
export const who = 'Who'
/** Above the addresses that requests came from. */
export const from = 'From'
export const when = 'When'
/** On a phone: who did it. */
export const by = (actor: string) => `by ${actor}`
export const actorKindNames: Record<AuditActorKind, string> = {
  PERSON: 'person',
  TOKEN: 'API token',
  PLATFORM: 'by its settings',
  NOBODY: 'not signed in',
}

/** Names the buttons that turn pages. */
export const pages = 'Pages'
export const newer = 'Newer'
export const older = 'Older'
