/** A CRON text as a person would say it, where it is one of the common forms; else the text itself. */

import * as t from '@/texts/schedule-words.ts'
import { parseRhythm } from './rhythm.ts'

export const scheduleInWords = (cron: string): string => {
  const rhythm = parseRhythm(cron)
  switch (rhythm?.every) {
    case undefined:
      return cron
    case 'MINUTES':
      return t.everyMinutes(rhythm.minutes)
    case 'HOURS':
      return t.everyHours(rhythm.hours, String(rhythm.minute).padStart(2, '0'))
    case 'DAY':
      return t.everyDay(rhythm.time)
    case 'WEEKDAYS':
      return t.onWeekdays(rhythm.time)
    case 'WEEK':
      return t.everyWeek(rhythm.weekday, rhythm.time)
    case 'MONTH':
      return t.everyMonth(rhythm.day, rhythm.time)
  }
}
