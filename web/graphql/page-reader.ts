/** How a page asks the API while it is rendered on the server: as the viewer, with the viewer's cookie. */

import { type AnyVariables, Client, fetchExchange, formatDocument, type SSRData, ssrExchange, type TypedDocumentNode } from '@urql/core'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { apiUrl } from '@/env.ts'
import { loginPath } from '@/features/session/login-path.ts'
import { hasCode, messageOf } from './errors.ts'
import { pathHeader } from './request-headers.ts'

export type PageReader = {
  /** Sends a visitor without a session to sign in, and back here after. */
  read<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data>
  /** All that was read so far, for `<Rendered>`. */
  answers(): SSRData
  /** The way to sign in that leads back to this page. */
  loginPath(): string
}

export const openPageReader = async (): Promise<PageReader> => {
  const request = await headers()
  const rendered = ssrExchange({ isClient: false })
  const client = new Client({
    url: `${apiUrl}/graphql`,
    preferGetMethod: false,
    exchanges: [rendered, fetchExchange],
    fetchOptions: { headers: { cookie: request.get('cookie') ?? '' }, cache: 'no-store' },
  })
  const backHere = () => loginPath(request.get(pathHeader) ?? '/admin')
  return {
    loginPath: backHere,
    read: async (document, variables) => {
      const { data, error } = await client.query(formatDocument(document) as typeof document, variables).toPromise()
      if (error && hasCode(error, 'UNAUTHENTICATED')) redirect(backHere())
      if (error && hasCode(error, 'NOT_FOUND')) notFound()
      if (error || data === undefined) throw new Error(error ? messageOf(error) : 'The platform gave no answer.')
      return data
    },
    answers: () => rendered.extractData(),
  }
}
