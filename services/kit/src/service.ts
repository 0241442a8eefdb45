/** The life of a service's process: start, tell that it is ready, stop once and cleanly. */

import { createLogger, type Logger } from './logger.ts'
import { SettingsError } from './settings.ts'

export type RunningService = { close(): Promise<void> }

/** Longer than a worker waits for its runs; what takes longer hangs on something that does not answer. */
const closeWithinMs = 60_000

/**
 * Starts the service and ends the process with it: on SIGTERM and SIGINT after `close`, at once on a second signal, and
 * when the process that started it (over an IPC channel) is gone. A wrong setting is named in one line; exit code 1.
 *
 * @param name in each line of its log
 * @param start parses the settings, makes the connections and wires everything
 */
export const runService = async (name: string, start: (context: { log: Logger }) => Promise<RunningService>): Promise<void> => {
  const abandon = () => process.exit(0)
  process.once('SIGTERM', abandon).once('SIGINT', abandon).once('disconnect', abandon)
  // The supervisor ended while our modules were loading: nobody heard the event.
  if (process.connected === false) abandon()
  const { log, service } = await startOrExplain(name, start)
  process.off('SIGTERM', abandon).off('SIGINT', abandon).off('disconnect', abandon)

  let closing = false
  const stop = (reason: string): void => {
    if (closing) process.exit(1)
    closing = true
    log.info({ reason }, 'stopping')
    setTimeout(() => die(new Error(`did not stop within ${closeWithinMs / 1_000} seconds`)), closeWithinMs).unref()
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly')
        process.exit(1)
      },
    )
  }
  const die = (error: unknown): void => {
    log.fatal({ err: error }, 'unexpected error')
    process.exit(1)
  }
  process.on('SIGTERM', () => stop('SIGTERM')).on('SIGINT', () => stop('SIGINT'))
  // A supervisor that stops us may also close the channel.
  process.on('disconnect', () => closing || stop('supervisor is gone'))
  process.on('uncaughtException', die).on('unhandledRejection', die)
  process.send?.('ready')
  log.info('ready')
}

const startOrExplain = async (name: string, start: (context: { log: Logger }) => Promise<RunningService>) => {
  try {
    const log = createLogger(name)
    return { log, service: await start({ log }) }
  } catch (error) {
    if (error instanceof SettingsError) for (const line of error.lines) console.error(line)
    else console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(1)
  }
}
