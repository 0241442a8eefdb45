/** `/api/auth/…`: sign-in, sign-out and the session; nothing else of the auth library is reachable. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PrismaClient } from '@aiia/prisma/client'
import { isSameOrigin } from '../auth/origin.ts'
import { addressHeader, type People } from '../auth/people.ts'
import type { SignInLimit } from '../auth/sign-in-limit.ts'
import { noteFailedSignIn, noteSignIn, type SignIn } from '../auth/sign-ins.ts'
import { clientAddress } from './client-address.ts'
import { toHeaders } from './node-headers.ts'

const signIn = '/api/auth/sign-in/email'
const paths: ReadonlyMap<string, string> = new Map([
  [signIn, 'POST'],
  ['/api/auth/sign-out', 'POST'],
  ['/api/auth/get-session', 'GET'],
])

const mostBytes = 16_384

export type PeopleRoutes = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export const createPeopleRoutes =
  ({
    people,
    prisma,
    limit,
    publicUrl,
    trustProxy,
  }: {
    people: People
    prisma: PrismaClient
    limit: SignInLimit
    publicUrl: string
    trustProxy: boolean
  }): PeopleRoutes =>
  async (request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    if (paths.get(path) !== request.method) return refuse(response, 404, 'NOT_FOUND', 'There is no such address.')
    if (!isSameOrigin(request.headers.origin, request.headers.host)) {
      return refuse(response, 403, 'FORBIDDEN', 'Sign in from the console itself, not from another site.')
    }
    const body = await readBody(request)
    if (body === null) return refuse(response, 413, 'BAD_USER_INPUT', `A sign-in takes less than ${mostBytes} bytes.`)
    const address = clientAddress(request, trustProxy)
    const wait = path === signIn ? await limit.attempt(address) : null
    if (wait !== null) {
      response.setHeader('retry-after', wait)
      return refuse(response, 429, 'RATE_LIMITED', `Too many failed sign-ins. Try again in ${wait} seconds.`)
    }
    const headers = toHeaders(request.headers)
    headers.set(addressHeader, address)
    const url = new URL(request.url ?? '', publicUrl)
    const answer = await people.handle(new Request(url, { method: request.method ?? 'GET', headers, ...(body.length > 0 && { body }) }))
    if (path === signIn) await noted({ prisma }, answer, { email: emailIn(body), address })
    if (path === signIn && answer.ok) await limit.succeeded(address)
    await send(response, answer)
  }

const noted = async (context: { prisma: PrismaClient }, { ok }: Response, attempt: SignIn): Promise<void> =>
  ok ? noteSignIn(context, attempt) : noteFailedSignIn(context, attempt)

/** @returns an empty text where there is none */
const emailIn = (body: Buffer): string => {
  try {
    const { email } = JSON.parse(body.toString()) as { email?: unknown }
    return typeof email === 'string' ? email : ''
  } catch {
    return ''
  }
}

/** @returns null when it is too large */
const readBody = async (request: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const send = async (response: ServerResponse, answer: Response): Promise<void> => {
  const cookies = answer.headers.getSetCookie()
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.setHeader('cache-control', 'no-store')
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
}

const refuse = (response: ServerResponse, status: number, code: string, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }))
}
