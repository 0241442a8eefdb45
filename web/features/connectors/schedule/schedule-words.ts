/** A CRON text as a person would say it, where it is one of the common forms; else the text itself. */

import { parseRhythm } from './rhythm.ts'

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

export const scheduleInWords = (cron: string): string => {
  const rhythm = parseRhythm(cron)
  switch (rhythm?.every) {
    case undefined:
      return cron
    case 'MINUTES':
      return rhythm.minutes === 1 ? 'Every minute' : `Every ${rhythm.minutes} minutes`
    case 'HOURS': {
      const minute = `at :${String(rhythm.minute).padStart(2, '0')}`
      return rhythm.hours === 1 ? `Every hour ${minute}` : `Every ${rhythm.hours} hours ${minute}`
    }
    case 'DAY':
      return `Every day at ${rhythm.time}`
    case 'WEEKDAYS':
      return `Weekdays at ${rhythm.time}`
    case 'WEEK':
      return `Every ${weekdays[rhythm.weekday]} at ${rhythm.time}`
    case 'MONTH':
      return `Monthly on day ${rhythm.day} at ${rhythm.time}`
  }
}
