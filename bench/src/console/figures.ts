/** What was measured beside its budget. */

import { round } from '../statistics.ts'

export type Figure = {
  measured: string
  /** null: it could not be told on this system. */
  value: number | null
  unit: 'ms' | 'MB' | 'kB' | '%' | ''
  /** Not to be reached; without one the figure is told only. */
  under?: number
}

export const isOver = ({ value, under }: Figure): boolean => under !== undefined && value !== null && value >= under

const shown = (value: number, unit: string): string => `${round(value, value < 10 ? 3 : value < 100 ? 1 : 0)} ${unit}`.trim()

export const printFigures = (figures: readonly Figure[]): void =>
  console.table(
    figures.map((figure) => ({
      measured: figure.measured,
      value: figure.value === null ? 'not told here' : shown(figure.value, figure.unit),
      budget: figure.under === undefined ? '' : `under ${shown(figure.under, figure.unit)}`,
      '': figure.under === undefined || figure.value === null ? '' : isOver(figure) ? 'OVER' : 'holds',
    })),
  )
