import {
  execute,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  subscribe,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { type Role, roles, type Viewer } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { schema } from './schema.ts'

/** What each root field takes; a field that is not here fails the test until somebody decides. */
const needed: Record<string, Role | 'nobody'> = {
  'Query.viewer': 'nobody',
  'Query.node': 'VIEWER',
  'Query.nodes': 'VIEWER',
  'Query.connectorKinds': 'VIEWER',
  'Query.connector': 'VIEWER',
  'Query.connectors': 'VIEWER',
  'Query.jobRun': 'VIEWER',
  'Query.jobRuns': 'VIEWER',
  'Query.system': 'VIEWER',
  'Query.failureCatalogue': 'VIEWER',
  'Query.nextRuns': 'VIEWER',
  'Query.apiTokens': 'ADMINISTRATOR',
  'Query.people': 'ADMINISTRATOR',
  'Query.notificationChannels': 'ADMINISTRATOR',
  'Query.sendsEmail': 'ADMINISTRATOR',
  'Query.retention': 'ADMINISTRATOR',
  'Query.auditLog': 'ADMINISTRATOR',
  'Query.verifyAuditLog': 'ADMINISTRATOR',
  'Mutation.createConnector': 'ADMINISTRATOR',
  'Mutation.duplicateConnector': 'ADMINISTRATOR',
  'Mutation.updateConnector': 'ADMINISTRATOR',
  'Mutation.deleteConnector': 'ADMINISTRATOR',
  'Mutation.testConnection': 'OPERATOR',
  'Mutation.discoverStreams': 'OPERATOR',
  'Mutation.previewStream': 'OPERATOR',
  'Mutation.triggerSync': 'OPERATOR',
  'Mutation.cancelJobRun': 'OPERATOR',
  'Mutation.retryJobRun': 'OPERATOR',
  'Mutation.replayRejectedRows': 'OPERATOR',
  'Mutation.applyMappingProposal': 'ADMINISTRATOR',
  'Mutation.pausePlatform': 'ADMINISTRATOR',
  'Mutation.resumePlatform': 'ADMINISTRATOR',
  'Mutation.createApiToken': 'ADMINISTRATOR',
  'Mutation.revokeApiToken': 'ADMINISTRATOR',
  'Mutation.createPerson': 'ADMINISTRATOR',
  'Mutation.updatePerson': 'ADMINISTRATOR',
  'Mutation.deactivatePerson': 'ADMINISTRATOR',
  'Mutation.reactivatePerson': 'ADMINISTRATOR',
  'Mutation.removePerson': 'ADMINISTRATOR',
  'Mutation.resetPassword': 'ADMINISTRATOR',
  'Mutation.createNotificationChannel': 'ADMINISTRATOR',
  'Mutation.updateNotificationChannel': 'ADMINISTRATOR',
  'Mutation.deleteNotificationChannel': 'ADMINISTRATOR',
  'Mutation.testNotificationChannel': 'ADMINISTRATOR',
  'Mutation.updateRetention': 'ADMINISTRATOR',
  'Mutation.changePassword': 'VIEWER',
  'Subscription.jobRunUpdated': 'VIEWER',
  'Subscription.jobRunLogs': 'VIEWER',
}

const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((type) => type != null)
const fields = roots.flatMap((root) => Object.values(root.getFields()).map((field) => ({ root: root.name, field })))

/** The smallest value that the type takes. */
const sample = (type: GraphQLInputType): string => {
  if (isNonNullType(type)) return sample(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
    return `{ ${required.map((field) => `${field.name}: ${sample(field.type)}`).join(' ')} }`
  }
  return { Int: '1', Boolean: 'true', JSON: '{}' }[String(type)] ?? '"Sm9iUnVuOjE="'
}

const operationFor = (root: string, field: GraphQLField<unknown, unknown>): string => {
  const values = field.args.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => `${name}: ${sample(type)}`)
  const selection = isObjectType(getNamedType(field.type)) || field.name.startsWith('node') ? '{ __typename }' : ''
  return `${root.toLowerCase()} { ${field.name}${values.length > 0 ? `(${values.join(' ')})` : ''} ${selection} }`
}

/** Any service that is touched says so: then the check was passed. */
const reached = new Proxy(
  {},
  {
    get: () => {
      throw new Error('reached')
    },
  },
)

const contextOf = (viewer: Viewer | null): Context =>
  new Proxy({ viewer } as Context, {
    get: (context, name) => (name in context || typeof name === 'symbol' ? Reflect.get(context, name) : reached),
  })

const codeFor = async (operation: string, viewer: Viewer | null): Promise<unknown> => {
  const args = { schema, document: parse(operation), contextValue: contextOf(viewer) }
  const result = await (operation.startsWith('subscription') ? subscribe(args) : execute(args))
  if (Symbol.asyncIterator in result) {
    await result.return?.()
    return undefined
  }
  return result.errors?.[0]?.extensions['code']
}

const viewerOf = (role: Role): Viewer => ({ kind: 'token', accessId: '1', personId: null, name: 'test', email: null, role })

test('every field of the roots is decided on', () => {
  expect(fields.map(({ root, field }) => `${root}.${field.name}`).sort()).toEqual(Object.keys(needed).sort())
})

describe.each(fields.map(({ root, field }) => ({ name: `${root}.${field.name}`, operation: operationFor(root, field) })))(
  '$name',
  ({ name, operation }) => {
    const role = needed[name]

    test('nobody', async () => {
      expect(await codeFor(operation, null)).toBe(role === 'nobody' ? undefined : 'UNAUTHENTICATED')
    })

    test.each(roles)('%s', async (given) => {
      const code = await codeFor(operation, viewerOf(given))
      const enough = role === 'nobody' || (role !== undefined && roles.indexOf(given) >= roles.indexOf(role))
      expect(code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' ? code : 'let in').toBe(enough ? 'let in' : 'FORBIDDEN')
    })
  },
)
