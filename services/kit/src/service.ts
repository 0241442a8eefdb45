/** The life of a service's process: start, tell that it is ready, stop once and cleanly. */

import type { Logger } from './logger.ts'
import { SettingsError } from './settings.ts'

export type RunningService = { close(): Promise<void> }

/**
 * Starts the service and ends the process with it: on SIGTERM and SIGINT after `close`, at once on a second signal, and
 * when the process that started it (over an IPC channel) is gone. A wrong setting is named in one line; exit code 1.
 *
 * @param start parses the settings and makes everything; what it logs with comes back with the service
 */
export const runService = async (start: () => Promise<{ log: Logger; service: RunningService }>): Promise<void> => {
  const { log, service } = await start().catch(explainAndExit)
  let closing = false
  const stop = (reason: string): void => {
    if (closing) process.exit(1)
    closing = true
    log.info({ reason }, 'stopping')
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  // Once only: a supervisor that stops us may also close the channel.
  process.once('disconnect', () => {
    if (!closing) stop('supervisor is gone')
  })
  const die = (error: unknown): void => {
    log.fatal({ err: error }, 'unexpected error')
    process.exit(1)
  }
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
  process.send?.('ready')
  log.info('ready')
}

const explainAndExit = (error: unknown): never => {
  if (error instanceof SettingsError) for (const line of error.lines) console.error(line)
  else console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}
