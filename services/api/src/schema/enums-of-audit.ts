/** The words of the audit log, as GraphQL enums. */

import { type AuditAction as Action, type Actor, actorKinds, auditActions, type Subject, subjectKinds } from '@aiia/core/audit/audit'
import { builder } from './builder.ts'
import { describe } from './enums.ts'

const actionValues = describe<Action>(auditActions, {
  CONNECTOR_CREATED: 'A source was added.',
  CONNECTOR_UPDATED: 'A source was changed; `details.changed` names the parts.',
  CONNECTOR_DELETED: 'A source was taken away.',
  RUN_REQUESTED: 'A sync was asked for.',
  RUN_RETRIED: 'A run was asked for again.',
  RUN_CANCELLED: 'A run was ended.',
  ROWS_REPLAYED: 'The rows that a run rejected were asked for again.',
  MAPPING_APPLIED: 'The mapping that a run proposed was taken over.',
  PLATFORM_PAUSED: 'The platform was paused for maintenance.',
  PLATFORM_RESUMED: 'The maintenance was ended.',
  TOKEN_CREATED: 'An API token was made.',
  TOKEN_REVOKED: 'An API token was ended.',
  PERSON_CREATED: 'Somebody was let in.',
  PERSON_UPDATED: 'Somebody’s name or role was changed.',
  PERSON_DEACTIVATED: 'Somebody was shut out.',
  PERSON_REACTIVATED: 'Somebody was let in again.',
  PERSON_REMOVED: 'Somebody was taken away.',
  PASSWORD_RESET: 'Somebody was given a new password.',
  PASSWORD_CHANGED: 'Somebody changed their own password.',
  CHANNEL_CREATED: 'A channel of notifications was added.',
  CHANNEL_UPDATED: 'A channel of notifications was changed; `details.changed` names the parts.',
  CHANNEL_DELETED: 'A channel of notifications was taken away.',
  CHANNEL_TESTED: 'A test was sent through a channel.',
  RETENTION_CHANGED: 'How long things are kept was changed; `details` has the parts, before and after.',
  SIGNED_IN: 'Somebody signed in.',
  SIGN_IN_FAILED: 'Somebody tried to sign in, and was refused.',
})
export const AuditAction = builder.enumType('AuditAction', { description: 'What was done.', values: actionValues })

const actorKindValues = describe<Actor['kind']>(actorKinds, {
  PERSON: 'A person, in the console.',
  TOKEN: 'An API token.',
  PLATFORM: 'The platform itself, by its settings.',
  NOBODY: 'Somebody who was not signed in.',
})
export const AuditActorKind = builder.enumType('AuditActorKind', { description: 'Who does things.', values: actorKindValues })

const subjectKindValues = describe<Subject['kind']>(subjectKinds, {
  CONNECTOR: 'A source.',
  RUN: 'A run.',
  TOKEN: 'An API token.',
  PERSON: 'A person.',
  CHANNEL: 'A channel of notifications.',
  PLATFORM: 'The whole platform.',
})
export const AuditSubjectKind = builder.enumType('AuditSubjectKind', { description: 'What things are done to.', values: subjectKindValues })
