/** What the process tells Prometheus. */

import type { PrismaClient } from '@aiia/prisma/client'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Subscriptions } from './live/subscriptions.ts'

export type Metrics = {
  registry: Registry
  httpSeconds: Histogram<'route' | 'method' | 'status'>
  operationSeconds: Histogram<'operation' | 'field' | 'outcome'>
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** Counting a long history takes a while; nobody needs it fresher than this. */
const countsKeptMs = 10_000

export const createMetrics = ({ prisma, subscriptions }: { prisma: PrismaClient; subscriptions: Subscriptions }): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'aiia_subscriptions_active',
    help: 'Open GraphQL subscriptions of this process',
    registers,
    collect() {
      this.set(subscriptions.count())
    },
  })
  const countRuns = keptFor(countsKeptMs, () => prisma.jobRun.groupBy({ by: ['status'], _count: true }))
  new Gauge({
    name: 'aiia_job_runs',
    help: 'Job runs by status',
    labelNames: ['status'],
    registers,
    async collect() {
      for (const { status, _count } of await countRuns()) this.set({ status }, _count)
    },
  })
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'aiia_http_request_seconds',
      help: 'HTTP requests',
      labelNames: ['route', 'method', 'status'],
      buckets,
      registers,
    }),
    operationSeconds: new Histogram({
      name: 'aiia_graphql_operation_seconds',
      help: 'GraphQL queries and mutations by their first field',
      labelNames: ['operation', 'field', 'outcome'],
      buckets,
      registers,
    }),
  }
}

const keptFor = <T>(ms: number, load: () => Promise<T>): (() => Promise<T>) => {
  let kept: { until: number; value: Promise<T> } | undefined
  return () => {
    if (kept === undefined || kept.until < Date.now()) kept = { until: Date.now() + ms, value: load() }
    const { value } = kept
    return value.catch((error: unknown) => {
      kept = undefined
      throw error
    })
  }
}
