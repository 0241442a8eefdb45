/**
 * How tall the rows of a long list are: one line, unless they were measured to be more. The extras lie in a Fenwick tree,
 * so that one row more or less costs the logarithm of a million, not a million.
 */

/** Of a row of one line; also the smallest target that a line's number may be. */
export const rowHeight = 24

export type RowHeights = {
  /** Pixels above a row. */
  topOf(index: number): number
  /** The row that so many pixels lead into. */
  rowAt(pixels: number): number
  /** Takes down what was measured; false when it was known. */
  measured(index: number, height: number): boolean
  forget(): void
}

/** Less than this is what a browser rounds away. */
const noticedPx = 0.05

export const createRowHeights = (): RowHeights => {
  let extras = new Map<number, number>()
  /** A power of two. */
  let capacity = 1024
  /** The node at i sums up as many extras before i as its lowest bit says. */
  let sums = new Float64Array(capacity + 1)

  const grow = (): void => {
    const wider = new Float64Array(capacity * 2 + 1)
    wider.set(sums)
    wider[capacity * 2] = sums[capacity] ?? 0
    capacity *= 2
    sums = wider
  }

  return {
    topOf: (index) => {
      let extra = 0
      for (let node = Math.min(index, capacity); node > 0; node -= node & -node) extra += sums[node] ?? 0
      return index * rowHeight + extra
    },
    rowAt: (pixels) => {
      let [row, rest] = [0, pixels]
      for (let step = capacity; step > 0; step >>= 1) {
        const height = step * rowHeight + (sums[row + step] ?? 0)
        if (row + step > capacity || height > rest) continue
        row += step
        rest -= height
      }
      return row < capacity ? row : row + Math.floor(rest / rowHeight)
    },
    measured: (index, height) => {
      const extra = height - rowHeight
      const more = extra - (extras.get(index) ?? 0)
      if (Math.abs(more) < noticedPx) return false
      while (index >= capacity) grow()
      extras.set(index, extra)
      for (let node = index + 1; node <= capacity; node += node & -node) sums[node] = (sums[node] ?? 0) + more
      return true
    },
    forget: () => {
      extras = new Map()
      sums = new Float64Array(capacity + 1)
    },
  }
}
