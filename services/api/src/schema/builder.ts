/** The schema builder: Pothos on the Prisma schema, Relay's shapes, and a role for every field of the roots. */

import { getDatamodel, type PrismaTypes } from '@aiia/prisma/pothos-types'
import SchemaBuilder from '@pothos/core'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import { mayActAs, type Role, type Viewer } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { forbidden, unauthenticated } from '../errors.ts'

type SignedIn = Context & { viewer: Viewer }

export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  AuthScopes: { role: Role }
  AuthContexts: { role: SignedIn }
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Long: { Input: number; Output: number | bigint }
    JSON: { Input: unknown; Output: unknown }
  }
}>({
  plugins: [RelayPlugin, ScopeAuthPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  relay: {
    nodesOnConnection: { description: 'The page’s items.' },
    edgesFieldOptions: { nullable: { list: false, items: false }, description: 'The page’s items with their cursors.' },
    nodeFieldOptions: { nullable: false, description: 'The item.' },
    cursorFieldOptions: { description: 'Where this item is in the list, for `after` and `before`.' },
    pageInfoFieldOptions: { description: 'Whether there is more, and where it goes on.' },
    hasNextPageFieldOptions: { description: 'Whether items follow `endCursor`.' },
    hasPreviousPageFieldOptions: { description: 'Whether items precede `startCursor`.' },
    startCursorFieldOptions: { description: 'Of the first item; null on an empty page.' },
    endCursorFieldOptions: { description: 'Of the last item; null on an empty page.' },
    firstArgOptions: { description: 'How many, from the start of the list or from `after` on.' },
    afterArgOptions: { description: 'An item’s cursor; the page starts behind it.' },
    lastArgOptions: { description: 'How many, from the end of the list or from `before` back.' },
    beforeArgOptions: { description: 'An item’s cursor; the page ends before it.' },
    nodeTypeOptions: { description: 'Whatever can be fetched again by its id.' },
    pageInfoTypeOptions: { description: 'Where a page is within its list.' },
    idFieldOptions: { description: 'Globally unique and opaque.' },
    nodeQueryOptions: {
      description: 'Anything by its global id; null when there is no such thing.',
      args: { id: { description: 'Its global id.' } },
    },
    nodesQueryOptions: {
      description: 'As `node`, for many ids; null where there is no such thing.',
      args: { ids: { description: 'Their global ids.' } },
    },
    defaultConnectionTypeOptions: { description: 'One page of a list.' },
    defaultEdgeTypeOptions: { description: 'One item of a page.' },
  },
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ viewer }) => ({ role: (needed) => mayActAs(viewer, needed) }),
    unauthorizedError: (_parent, { viewer }, _info, { failure }) =>
      viewer === null ? unauthenticated() : forbidden(neededRole(failure) ?? 'ADMINISTRATOR', viewer),
  },
  prisma: {
    client: ({ prisma }) => prisma,
    dmmf: getDatamodel(),
    filterConnectionTotalCount: true,
    maxConnectionSize: 200,
    defaultConnectionSize: 50,
  },
})

/** The role that the failed check asked for. */
const neededRole = (failure: object): Role | undefined => {
  if ('parameter' in failure) return failure.parameter as Role
  return 'failures' in failure ? (failure.failures as object[]).map(neededRole).find((role) => role !== undefined) : undefined
}

builder.queryType({ authScopes: { role: 'VIEWER' }, description: 'What can be read. Everything but `viewer` takes a sign-in.' })
builder.mutationType({
  authScopes: { role: 'OPERATOR' },
  description: 'What can be done; takes the role OPERATOR or, for edits, ADMINISTRATOR.',
})
builder.subscriptionType({ authScopes: { role: 'VIEWER' }, description: 'What can be watched, over SSE and over `graphql-transport-ws`.' })
