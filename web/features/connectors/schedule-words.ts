/** A CRON text as a person would say it, where it is one of the common forms; else the text itself. */

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const isNumber = (field: string) => /^\d+$/.test(field)
const clock = (hour: string, minute: string) => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`

const days = (dayOfMonth: string, dayOfWeek: string): string | null => {
  if (dayOfMonth === '*' && dayOfWeek === '*') return 'Every day'
  if (dayOfMonth === '*' && dayOfWeek === '1-5') return 'Weekdays'
  if (dayOfMonth === '*' && isNumber(dayOfWeek)) return `Every ${weekdays[Number(dayOfWeek)] ?? 'week'}`
  if (dayOfWeek === '*' && isNumber(dayOfMonth)) return `Monthly on day ${dayOfMonth}`
  return null
}

export const scheduleInWords = (cron: string): string => {
  const [minute, hour, dayOfMonth, month, dayOfWeek] = cron.trim().split(/\s+/)
  if (!minute || !hour || !dayOfMonth || !dayOfWeek || month !== '*') return cron
  const step = /^\*\/(\d+)$/
  if (hour === '*' && dayOfMonth === '*' && dayOfWeek === '*') {
    if (minute === '*') return 'Every minute'
    const every = step.exec(minute)?.[1]
    if (every) return `Every ${every} minutes`
    return isNumber(minute) ? `Every hour at :${minute.padStart(2, '0')}` : cron
  }
  const day = days(dayOfMonth, dayOfWeek)
  if (day === null || !isNumber(minute)) return cron
  const everyHours = step.exec(hour)?.[1]
  if (everyHours && day === 'Every day') return `Every ${everyHours} hours at :${minute.padStart(2, '0')}`
  return isNumber(hour) ? `${day} at ${clock(hour, minute)}` : cron
}
