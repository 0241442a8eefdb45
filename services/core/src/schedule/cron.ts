/** CRON in a time zone: the slots at which a connector's scheduled runs are due. */

import { Cron } from 'croner'

/** The message that explains what is wrong with a CRON text or a time zone, or null when both are right. */
export const cronProblem = (cron: string, timeZone: string): string | null => {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    return `"${timeZone}" is not an IANA time zone such as "Europe/Berlin" or "UTC".`
  }
  if (cron.trim().split(/\s+/).length !== 5) {
    return `"${cron}" is not a five-field CRON text (minute hour day-of-month month day-of-week) such as "0 2 * * *".`
  }
  try {
    return new Cron(cron, { timezone: timeZone }).nextRun() === null ? `"${cron}" is never due.` : null
  } catch (error) {
    return `"${cron}" is not a CRON text: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The first slot strictly after `after`, or null when there is none. */
export const nextSlot = (cron: string, timeZone: string, after: Date): Date | null => new Cron(cron, { timezone: timeZone }).nextRun(after)
