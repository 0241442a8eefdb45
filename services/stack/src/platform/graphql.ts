/** Asks the API as its client, with the administrator's token. */

/** What is asked for is what comes: `T` is the caller's word for the shape of its own query. */
export type AskApi = <T>(query: string, variables?: Record<string, unknown>) => Promise<T>

export type GraphQLFault = { message: string; extensions?: { code?: string; [name: string]: unknown } }

/** The API answered with GraphQL errors. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly errors: readonly GraphQLFault[]
  constructor(errors: readonly GraphQLFault[]) {
    super(errors.map(({ message }) => message).join('; '))
    this.errors = errors
  }
}

/** @returns a function that gives `data`, or throws ApiError */
export const createAskApi =
  (url: string, token: string): AskApi =>
  async <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(60_000),
    })
    const { data, errors } = (await response.json()) as { data: T; errors?: GraphQLFault[] }
    if (errors) throw new ApiError(errors)
    return data
  }
