/** The health address of a service that has no public one: /healthz, /readyz, /metrics. */

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { Registry } from 'prom-client'
import type { RunningService } from './service.ts'

export type HealthChecks = {
  /** Rejects while the service cannot do its work. */
  ready(): Promise<void>
  metrics: Registry
}

/** Answers the three paths, and false for any other. */
export const answerHealth = async (
  checks: HealthChecks,
  request: Parameters<RequestListener>[0],
  response: Parameters<RequestListener>[1],
): Promise<boolean> => {
  switch (request.url?.split('?')[0]) {
    case '/healthz':
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n')
      return true
    case '/readyz': {
      const problem = await checks.ready().then(
        () => null,
        () => 'not ready: the database or the queue does not answer\n',
      )
      response.writeHead(problem === null ? 200 : 503, { 'content-type': 'text/plain' }).end(problem ?? 'ready\n')
      return true
    }
    case '/metrics':
      response.writeHead(200, { 'content-type': checks.metrics.contentType }).end(await checks.metrics.metrics())
      return true
    default:
      return false
  }
}

/** @param options.port the setting HEALTH_PORT; unset: no health address, undefined */
export const startHealthServer = async ({
  port,
  ...checks
}: HealthChecks & { port: number | undefined }): Promise<RunningService | undefined> => {
  if (port === undefined) return undefined
  const server = createServer((request, response) => {
    answerHealth(checks, request, response).then(
      (answered) => answered || response.writeHead(404).end(),
      () => response.writeHead(500).end(),
    )
  })
  server.listen(port)
  await once(server, 'listening')
  return {
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
