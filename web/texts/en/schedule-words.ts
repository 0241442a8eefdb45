/** A schedule in words, wherever a connector is shown. Times are "02:00", minutes past the hour "05". */

/** From Sunday on. */
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

export const everyMinutes = (minutes: number) => (minutes === 1 ? 'Every minute' : `Every ${minutes} minutes`)
export const everyHours = (hours: number, minute: string) =>
  hours === 1 ? `Every hour at :${minute}` : `Every ${hours} hours at :${minute}`
export const everyDay = (time: string) => `Every day at ${time}`
/** From Monday to Friday. */
export const onWeekdays = (time: string) => `Weekdays at ${time}`
/** @param weekday 0 is Sunday */
export const everyWeek = (weekday: number, time: string) => `Every ${weekdays[weekday]} at ${time}`
export const everyMonth = (day: number, time: string) => `Monthly on day ${day} at ${time}`
