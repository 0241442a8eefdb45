/** The API process. */

import { runService } from '@aiia/kit/service'
import { readSettings } from './env.ts'
import { startApi } from './start-api.ts'

await runService('api', ({ log }) => startApi(readSettings(), { log }))
