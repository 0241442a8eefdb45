/** The administrator's session, as a browser would hold it. */

import type { Platform } from '@aiia/testkit/platform'

/** @returns what goes into the header `cookie` */
export const signIn = async ({ url, email, password }: Pick<Platform, 'url' | 'email' | 'password'>): Promise<string> => {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`The sign-in was answered with ${answer.status}.`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
