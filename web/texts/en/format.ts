/** Words in figures: sizes, durations and how long ago something was. No imports from `ui/format.ts`, which takes its words from here. */

/** How this language writes numbers and dates. */
export const locale = 'en-US'

/** Each a thousand times the one before. */
export const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Durations, briefly. What comes as text has its digits already, filled up with zeros or with a decimal. */
export const milliseconds = (count: number) => `${count}ms`
export const seconds = (count: number | string) => `${count}s`
export const minutes = (count: number, andSeconds: string) => `${count}m ${andSeconds}s`
export const hours = (count: number, andMinutes: string) => `${count}h ${andMinutes}m`

export type RelativeUnit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year'

const units: Record<RelativeUnit, string> = { second: 's', minute: 'm', hour: 'h', day: 'd', month: 'mo', year: 'y' }

export const justNow = 'just now'
export const ago = (count: number, unit: RelativeUnit) => `${count}${units[unit]} ago`
export const ahead = (count: number, unit: RelativeUnit) => `in ${count}${units[unit]}`

/** @param moment such as "2026-05-24 02:00:03" */
export const utc = (moment: string) => `${moment} UTC`
