/** Lets a thread load TypeScript, which the main thread's loader is not given to in all versions of Node. */

import { register } from 'tsx/esm/api'

register()
await import('./work.ts')
