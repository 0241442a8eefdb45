/** `npm start`: installs and builds what is missing or stale, then hands over to the supervisor in services/stack. */

import { prepare } from './scripts/prepare.mjs'

await prepare('stack', 'api', 'worker', 'scheduler', 'web', 'cli')
await import('./services/stack/dist/main.js')
