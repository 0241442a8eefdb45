/** `npm start`: brings the whole platform up, keeps it up, and takes it down in order. */

import { SettingsError } from '@aiia/kit/settings'
import { PostgresError } from './embedded-postgres/postgres-error.ts'
import { inheritedEnvironment, readSettings, startedByNpm } from './env.ts'
import { start } from './platform/start.ts'
import { welcome } from './platform/welcome.ts'
import { StartError } from './start-error.ts'
import { EndedAtStart } from './supervision/supervise.ts'
import { createTeardown } from './teardown.ts'

const startedAt = performance.now()
// A reader that went away (`npm start | head`) must not take the platform down.
process.stdout.on('error', () => {})
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** In words for the person who started it; what we did not expect comes with its trace. */
const explain = (error: unknown): string => {
  if (error instanceof SettingsError) return error.lines.join('\n')
  if (error instanceof EndedAtStart) return `${error.message}. The lines above say why.`
  if (error instanceof StartError || error instanceof PostgresError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const stop = new AbortController()
const stopped = new Promise<void>((resolve) => {
  let askedAt = 0
  const ask = () => {
    if (stop.signal.aborted) {
      // Ctrl-C reaches us twice, from the terminal and from npm. Asked again later: at once; the children see that
      // we are gone and end by themselves.
      if (performance.now() - askedAt > 1000) process.exit(1)
      return
    }
    askedAt = performance.now()
    say('\nStopping …')
    stop.abort()
    resolve()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  const parent = process.ppid
  const watch = () => process.ppid === parent || stop.signal.aborted || ask()
  if (startedByNpm()) setInterval(watch, 500).unref()
})

const teardown = createTeardown((error) => say(explain(error)))

const run = async (): Promise<void> => {
  const settings = readSettings()
  const { administrator, ...started } = await start({ settings, inherited: inheritedEnvironment(), teardown, stopped: stop.signal, say })
  if (stop.signal.aborted) return
  say(welcome({ ...started, administrator, seconds: (performance.now() - startedAt) / 1000 }))
  if (administrator.generated) administrator.shown()
}

const running = run()
try {
  await Promise.race([running.then(() => stopped), stopped])
} catch (error) {
  say(explain(error))
  process.exitCode = 1
}
await teardown.run()
// A stop in the middle of the start: what was just being started is stopped as soon as it runs.
await running.catch(() => {})
await teardown.run()
process.exit()
