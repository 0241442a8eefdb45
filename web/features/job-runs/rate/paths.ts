/** The outline of a chart's area, in the units of its drawing: 1000 wide, 100 high, from the top left. */

import type { Stretch } from './rates.ts'

/** Moments in milliseconds at both ends, and the rate at the upper edge. */
export type Scale = { from: number; to: number; top: number }

export const widthUnits = 1_000
const heightUnits = 100

const x = (at: number, { from, to }: Scale): string => (((at - from) / (to - from)) * widthUnits).toFixed(1)
const y = (rate: number, { top }: Scale): string => (heightUnits - (rate / top) * heightUnits).toFixed(2)

/** Attempts stand apart. */
const byAttempt = (stretches: readonly Stretch[]): Stretch[][] =>
  [...new Set(stretches.map(({ attempt }) => attempt))].map((number) => stretches.filter(({ attempt }) => attempt === number))

const steps = (stretches: readonly Stretch[], scale: Scale): string =>
  stretches.map(({ to, rowsPerSecond }) => `V${y(rowsPerSecond, scale)}H${x(to, scale)}`).join('')

export const areaPath = (stretches: readonly Stretch[], scale: Scale): string =>
  byAttempt(stretches)
    .map((own) => `M${x(own[0]?.from ?? scale.from, scale)},${heightUnits}${steps(own, scale)}V${heightUnits}Z`)
    .join('')

/** As the area, without what lies on its ground and at its sides. */
export const linePath = (stretches: readonly Stretch[], scale: Scale): string =>
  byAttempt(stretches)
    .map((own) => `M${x(own[0]?.from ?? scale.from, scale)},${y(own[0]?.rowsPerSecond ?? 0, scale)}${steps(own, scale)}`)
    .join('')
