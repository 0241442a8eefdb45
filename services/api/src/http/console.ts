/** Forwards whatever is not the API's own to the console. */

import { Agent as HttpAgent, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Socket } from 'node:net'
import type { Logger } from '@aiia/kit/logger'
import { createProxyServer } from 'httpxy'
import { type PackedFile, packedFileFor } from './packed-files.ts'

export type ConsoleProxy = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const page = (title: string, text: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem}</style>
</head><body><h1>${title}</h1><p>${text}</p></body></html>
`

const answerPage = (response: ServerResponse, status: number, title: string, text: string): void => {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  })
  response.end(page(title, text))
}

/** @param consoleUrl undefined where this process serves the API alone */
export const createConsoleProxy = ({ consoleUrl, log }: { consoleUrl: string | undefined; log: Logger }): ConsoleProxy => {
  if (consoleUrl === undefined) {
    return async (_request, response) =>
      answerPage(
        response,
        404,
        'There is no console here',
        'This address serves the API at /graphql. CONSOLE_URL names the console that it forwards to.',
      )
  }
  // A kept connection may be ended by the console just when it is used again, which would lose a file of a page.
  const Agent = consoleUrl.startsWith('https:') ? HttpsAgent : HttpAgent
  const options = { target: consoleUrl, xfwd: true, proxyTimeout: 60_000, agent: new Agent({ keepAlive: false }) }
  const failed = (error: Error, response: ServerResponse | Socket | undefined): void => {
    if (response === undefined || response instanceof Socket) return void response?.destroy()
    log.warn({ err: error }, 'the console does not answer')
    answerPage(response, 502, 'The console is starting', 'It does not answer yet. This page tries again by itself.')
  }
  const proxy = createProxyServer(options)
  proxy.on('error', (error, _request, response) => failed(error, response))
  const forward: ConsoleProxy = async (request, response) => {
    await proxy.web(request, response).catch((error: Error) => failed(error, response))
  }
  const asked = new WeakMap<IncomingMessage, { plain: string; headers: PackedFile['headers'] }>()
  const packedProxy = createProxyServer({ ...options, selfHandleResponse: true })
  packedProxy.on('error', (error, _request, response) => failed(error, response))
  packedProxy.on('proxyRes', (answer, request, response) => {
    const { plain, headers } = asked.get(request) ?? { plain: request.url ?? '', headers: {} }
    if (answer.statusCode === 200 || answer.statusCode === 304) {
      response.writeHead(answer.statusCode, { ...answer.headers, ...headers })
      answer.pipe(response)
      return
    }
    // A console that was not built, such as one in development, has packed nothing.
    answer.resume()
    request.url = plain
    void forward(request, response)
  })
  return async (request, response) => {
    const packed = packedFileFor(request)
    if (packed === null) return forward(request, response)
    asked.set(request, { plain: request.url ?? '', headers: packed.headers })
    request.url = packed.url
    await packedProxy.web(request, response).catch((error: Error) => failed(error, response))
  }
}
