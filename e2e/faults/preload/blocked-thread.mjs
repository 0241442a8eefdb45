/**
 * Preloaded into the services: as long as a file exists, which the address names, an event loop of the workers stands still:
 * that of every run's thread, or the worker's own.
 */

import { existsSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import threads from 'node:worker_threads'

const parameters = new URL(import.meta.url).searchParams
const file = parameters.get('file') ?? ''

const blockMeanwhile = () => {
  const block = () => {
    while (existsSync(file)) {
      // Nothing else of this loop gets a turn.
    }
  }
  setInterval(block, 50).unref()
}

if (!threads.isMainThread) blockMeanwhile()
else if (parameters.get('loop') === 'run') {
  threads.Worker = class extends threads.Worker {
    constructor(module, options = {}) {
      const ofRun = options.name?.startsWith('run-') === true
      super(module, ofRun ? { ...options, execArgv: [...process.execArgv, '--import', import.meta.url] } : options)
    }
  }
  syncBuiltinESMExports()
} else if (process.argv[1]?.includes('/worker/')) blockMeanwhile()
