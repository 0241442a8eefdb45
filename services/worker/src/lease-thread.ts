/** The thread that renews a worker's leases, whatever keeps the worker itself busy. */

import { parentPort, workerData } from 'node:worker_threads'
import { createLogger } from '@aiia/kit/logger'
import type { LeaseCommand, LeaseLost, LeaseThreadInput } from './lease-keeper.ts'
import { startLeaseRenewal } from './lease-renewal.ts'

const { databaseUrl, logLevel } = workerData as LeaseThreadInput
const renewal = startLeaseRenewal(databaseUrl, {
  log: createLogger('worker', logLevel),
  lost: (held) => parentPort?.postMessage(held satisfies LeaseLost),
})

// oxlint-disable-next-line unicorn/prefer-add-event-listener -- a MessagePort of Node
parentPort?.on('message', (command: LeaseCommand) => {
  if (command.type === 'close') void renewal.close().then(() => parentPort?.close())
  else if (command.type === 'alive') renewal.alive()
  else renewal[command.type](command.held)
})
