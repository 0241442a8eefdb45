/** Preloaded into the services: the thread of every run stands still as long as a file exists, which the address names. */

import { existsSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import threads from 'node:worker_threads'

const file = new URL(import.meta.url).searchParams.get('file') ?? ''

if (threads.isMainThread) {
  threads.Worker = class extends threads.Worker {
    constructor(module, options = {}) {
      super(module, { ...options, execArgv: [...process.execArgv, '--import', import.meta.url] })
    }
  }
  syncBuiltinESMExports()
} else {
  const block = () => {
    while (existsSync(file)) {
      // Nothing else of this thread gets a turn.
    }
  }
  setInterval(block, 50).unref()
}
