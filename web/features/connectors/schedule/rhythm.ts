/** A schedule as a sentence has it, "every day at 02:00", and the CRON text that says the same. */

export type Rhythm =
  | { every: 'MINUTES'; minutes: number }
  | { every: 'HOURS'; hours: number; minute: number }
  | { every: 'DAY' | 'WEEKDAYS'; time: string }
  /** 0 is Sunday. */
  | { every: 'WEEK'; weekday: number; time: string }
  | { every: 'MONTH'; day: number; time: string }

export type Every = Rhythm['every']

const isNumber = (field: string): boolean => /^\d+$/.test(field)
const clock = (hour: string, minute: string): string => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`

/** Of the star or of every so manieth: 1 or that number. */
const stepOf = (field: string): number | null => {
  const step = field === '*' ? '1' : /^\*\/(\d+)$/.exec(field)?.[1]
  return step === undefined || Number(step) === 0 ? null : Number(step)
}

const atTime = (dayOfMonth: string, dayOfWeek: string, time: string): Rhythm | null => {
  if (dayOfMonth === '*' && dayOfWeek === '*') return { every: 'DAY', time }
  if (dayOfMonth === '*' && dayOfWeek === '1-5') return { every: 'WEEKDAYS', time }
  if (dayOfMonth === '*' && /^[0-7]$/.test(dayOfWeek)) return { every: 'WEEK', weekday: Number(dayOfWeek) % 7, time }
  return dayOfWeek === '*' && isNumber(dayOfMonth) ? { every: 'MONTH', day: Number(dayOfMonth), time } : null
}

/** null: no sentence of these says it. */
export const parseRhythm = (cron: string): Rhythm | null => {
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...rest] = cron.trim().split(/\s+/)
  if (!minute || !hour || !dayOfMonth || !dayOfWeek || month !== '*' || rest.length > 0) return null
  const [minutes, hours, anyDay] = [stepOf(minute), stepOf(hour), dayOfMonth === '*' && dayOfWeek === '*']
  if (anyDay && hour === '*' && minutes !== null) return { every: 'MINUTES', minutes }
  if (!isNumber(minute)) return null
  if (anyDay && hours !== null) return { every: 'HOURS', hours, minute: Number(minute) }
  return isNumber(hour) ? atTime(dayOfMonth, dayOfWeek, clock(hour, minute)) : null
}

const star = (step: number): string => (step === 1 ? '*' : `*/${step}`)

export const printRhythm = (rhythm: Rhythm): string => {
  if (rhythm.every === 'MINUTES') return `${star(rhythm.minutes)} * * * *`
  if (rhythm.every === 'HOURS') return `${rhythm.minute} ${star(rhythm.hours)} * * *`
  const [hour, minute] = rhythm.time.split(':').map(Number)
  const days = {
    DAY: () => '* * *',
    WEEKDAYS: () => '* * 1-5',
    WEEK: () => `* * ${weekdayOf(rhythm)}`,
    MONTH: () => `${dayOf(rhythm)} * *`,
  }
  return `${minute} ${hour} ${days[rhythm.every]()}`
}

const weekdayOf = (rhythm: Rhythm | null): number => (rhythm?.every === 'WEEK' ? rhythm.weekday : 1)
const dayOf = (rhythm: Rhythm | null): number => (rhythm?.every === 'MONTH' ? rhythm.day : 1)
const timeOf = (rhythm: Rhythm | null): string => (rhythm !== null && 'time' in rhythm ? rhythm.time : '02:00')

/** Another rhythm, with as much of the one before as it has a place for. */
export const changeRhythm = (before: Rhythm | null, every: Every): Rhythm => {
  const time = timeOf(before)
  switch (every) {
    case 'MINUTES':
      return { every, minutes: 15 }
    case 'HOURS':
      return { every, hours: 1, minute: 0 }
    case 'WEEK':
      return { every, weekday: weekdayOf(before), time }
    case 'MONTH':
      return { every, day: dayOf(before), time }
    case 'DAY':
    case 'WEEKDAYS':
      return { every, time }
  }
}
