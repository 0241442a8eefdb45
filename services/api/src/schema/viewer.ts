/** Who is signed in. */

import type { Viewer as ViewerShape } from '../auth/viewer.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'

export const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Who is signed in: a person in the console, or an API token.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the person or of the token.' }),
    email: t.exposeString('email', { nullable: true, description: 'Of a person; null for a token.' }),
    role: t.expose('role', { type: Role, description: 'What they may do.' }),
    passwordGenerated: t.boolean({
      description: 'Whether the password was generated for them and not changed since; false for a token.',
      resolve: ({ passwordGenerated }) => passwordGenerated === true,
    }),
  }),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    skipTypeScopes: true,
    description: 'Who is signed in; null when nobody is.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
)
