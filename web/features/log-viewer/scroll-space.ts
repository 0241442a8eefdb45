/**
 * Where a browser's scroll position leads in a list that is taller than browsers can count: some end at 17 million
 * pixels, and all of them place things roughly from there on. Both ends are as they are; what is too much is
 * squeezed out of the middle.
 */

export type ScrollSpace = {
  /** What the browser is told that the list's height is. */
  height: number
  /** The scroll position at which the list stands so many pixels below its top. */
  toScroll(offset: number): number
  toOffset(scrollTop: number): number
}

const tallest = 8_000_000
const edge = 1_000_000

export const scrollSpace = (total: number, viewport: number): ScrollSpace => {
  const height = Math.min(total, tallest)
  const tooMuch = total - height
  const [lastOffset, lastScroll] = [Math.max(total - viewport, 0), Math.max(height - viewport, 0)]
  const squeezed = tooMuch === 0 ? 1 : (lastScroll - 2 * edge) / (lastOffset - 2 * edge)
  return {
    height,
    toScroll: (offset) => {
      if (offset <= edge) return offset
      return offset >= lastOffset - edge ? offset - tooMuch : edge + (offset - edge) * squeezed
    },
    toOffset: (scrollTop) => {
      if (scrollTop <= edge) return scrollTop
      return scrollTop >= lastScroll - edge ? scrollTop + tooMuch : edge + (scrollTop - edge) / squeezed
    },
  }
}
