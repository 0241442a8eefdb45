/** How a page asks the API while it is rendered on the server: as the viewer, with the viewer's cookie. */

import { type AnyVariables, Client, fetchExchange, formatDocument, type SSRData, ssrExchange, type TypedDocumentNode } from '@urql/core'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { apiUrl } from '@/env.ts'
import { loginPath } from '@/features/session/login-path.ts'
import { hasCode, messageOf } from './errors.ts'
import { pathHeader } from './request-headers.ts'

type Read = <Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables) => Promise<Data>

export type PageReader = {
  /** Sends a visitor without a session to sign in, and back here after. */
  read: Read
  /** Reads what the screen is handed otherwise, and need not find among the answers. */
  readApart: Read
  /** All that was read so far, for `<Rendered>`. */
  answers(): SSRData
  /** The way to sign in that leads back to this page. */
  loginPath(): string
}

/** One for a request: what its frame and its screen both ask is asked once. */
export const openPageReader = cache(async (): Promise<PageReader> => {
  const request = await headers()
  const rendered = ssrExchange({ isClient: false })
  const options = {
    url: `${apiUrl}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: { cookie: request.get('cookie') ?? '' }, cache: 'no-store' as const },
  }
  const backHere = () => loginPath(request.get(pathHeader) ?? '/admin')
  const reading =
    (client: Client): Read =>
    async (document, variables) => {
      const { data, error } = await client.query(formatDocument(document) as typeof document, variables).toPromise()
      if (error && hasCode(error, 'UNAUTHENTICATED')) redirect(backHere())
      if (error && hasCode(error, 'NOT_FOUND')) notFound()
      if (error || data === undefined) throw new Error(error ? messageOf(error) : 'The platform gave no answer.')
      return data
    }
  return {
    loginPath: backHere,
    read: reading(new Client({ ...options, exchanges: [rendered, fetchExchange] })),
    readApart: reading(new Client({ ...options, exchanges: [fetchExchange] })),
    answers: () => rendered.extractData(),
  }
})
