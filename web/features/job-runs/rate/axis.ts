/** Round numbers along the axes of a chart. */

/** A figure with zeros, so that `value` fits under it, and half of it is a round number, too. */
export const roundUp = (value: number): number => {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return power * ([1, 2, 3, 4, 5, 6, 8].find((step) => step * power >= value) ?? 10)
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((value) => value * second)
const longSteps = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720].map((value) => value * minute)

/** Moments along an axis of so many milliseconds, from 0 on: as many as have room, and never at its very end. */
export const timeTicks = (spanMs: number, most = 5): number[] => {
  const step =
    [...steps, ...longSteps].find((candidate) => spanMs / candidate <= most) ?? Math.ceil(spanMs / most / (24 * hour)) * 24 * hour
  const ticks: number[] = []
  for (let at = 0; at < spanMs * 0.94; at += step) ticks.push(at)
  return ticks
}
