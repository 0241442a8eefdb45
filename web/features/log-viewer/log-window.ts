/**
 * Which rows of a long list exist in the page, and where. What the reader looks at is a row (or the end), not a number of
 * pixels: rows above it may turn out taller than thought, or more may come, and it stays where it is. While the reader
 * scrolls, the list is moved under the scroll position; the scroll position is set right once it rests.
 */

import { createRowHeights, rowHeight } from './row-heights.ts'
import { scrollSpace } from './scroll-space.ts'

export type Slice = {
  /** Rows that exist: from the first up to, not including, the second. */
  from: number
  to: number
  /** Where the first of them stands in the scrolled area; null before the page is laid out. */
  y: number | null
  /** Of the scrolled area. */
  height: number
  /** Where it is to be scrolled to; null: wherever it is. */
  scrollTop: number | null
  /** The last row is seen whole: nothing is below it. */
  endInView: boolean
  /** Rows that came since the reader left the end. */
  missed: number
}

export type LogWindow = {
  subscribe(listener: () => void): () => void
  /** The same object until something in it changes. */
  slice(): Slice
  /** `endIsKnown` is false while more rows can be loaded at the end: those are no news to run after. */
  setList(list: { count: number; endIsKnown: boolean }): void
  /** What the rows are has changed, or how they are laid out. */
  forgetHeights(): void
  /** True when a height was news. */
  measured(heights: Iterable<[index: number, height: number]>): boolean
  resized(viewport: number): void
  /** The browser reports where it has scrolled to. */
  scrolled(scrollTop: number): void
  /** The browser was scrolled to where the slice said; it rounds. */
  placed(scrollTop: number): void
  /** Where the browser is known to be. */
  scrollTop(): number
  /** The reader has stopped scrolling. */
  rested(): void
  /** Shows a row in the middle, and keeps it there until the reader scrolls. */
  show(index: number): void
  /** Shows a row unless it is in view. */
  reveal(index: number): void
  toStart(): void
  toEnd(): void
}

/** Above the first row and below the last. */
export const padding = 8

/** Beside those in view, so that a scroll finds rows where it arrives. */
const overscan = 16
/** Rows come and go so many at a time. */
const stride = 8
/** So near to the end, scrolling down means: stay there. */
const nearEndPx = 24
/** Who moves this many views at once has dragged the scrollbar, or pressed Home or End. */
const farViews = 4
/** Of a page that is not laid out yet: rather too much. */
const assumedViewport = 800

type Place = 'end' | { index: number /** Pixels from the top of the view down to it. */; below: number }

export const createLogWindow = (first: { count: number; endIsKnown: boolean }): LogWindow => {
  const heights = createRowHeights()
  const listeners = new Set<() => void>()
  let { count, endIsKnown } = first
  let place: Place = 'end'
  let countThen = count
  let viewport: number | null = null
  let scrollTop = 0
  let moving = false
  /** The place is where a scroll has led, rather than one that was asked for. */
  let scrolledThere = false

  const viewHeight = () => viewport ?? assumedViewport
  const total = () => padding + heights.topOf(count) + padding
  const lastOffset = () => Math.max(total() - viewHeight(), 0)
  const clamped = (offset: number) => Math.min(Math.max(offset, 0), lastOffset())
  const topOf = (index: number) => padding + heights.topOf(index)
  const rowAt = (offset: number) => Math.min(heights.rowAt(Math.max(offset - padding, 0)), Math.max(count - 1, 0))
  /** How far below the list's top the view is. */
  const offset = () => (place === 'end' ? lastOffset() : clamped(topOf(place.index) - place.below))

  const compute = (): Slice => {
    const at = offset()
    const space = scrollSpace(total(), viewHeight())
    // Letters are sharp where a pixel begins.
    const rest = viewport === null || (moving && place !== 'end') ? null : Math.round(space.toScroll(at))
    const from = Math.max(Math.floor(rowAt(at) / stride) * stride - overscan, 0)
    const to = Math.min(Math.ceil((rowAt(at + viewHeight()) + 1) / stride) * stride + overscan, count)
    return {
      from,
      to,
      y: viewport === null ? null : Math.round(((rest ?? scrollTop) + topOf(from) - at) * 64) / 64,
      height: space.height,
      scrollTop: rest,
      endInView: endIsKnown && lastOffset() - at <= 1,
      missed: place === 'end' ? 0 : Math.max(count - countThen, 0),
    }
  }

  let slice = compute()
  const isSame = (other: Slice) => (Object.keys(other) as (keyof Slice)[]).every((key) => other[key] === slice[key])
  const changed = () => {
    const next = compute()
    if (isSame(next)) return
    slice = next
    for (const listener of listeners) listener()
  }

  const lookAt = (next: Place) => {
    if (place === 'end' && next !== 'end') countThen = count
    place = next
  }
  /** As far below the list's top, whatever row that is. */
  const lookAtOffset = (at: number) => {
    const index = rowAt(at)
    lookAt({ index, below: topOf(index) - at })
  }
  const goTo = (next: Place) => {
    moving = false
    scrolledThere = false
    lookAt(next)
    changed()
  }
  const show = (index: number) => goTo({ index, below: (viewHeight() - rowHeight) / 2 })

  const whereScrolled = (to: number, moved: number): number => {
    const space = scrollSpace(total(), viewHeight())
    if (to <= 0) return 0
    if (to >= space.height - viewHeight() - 1) return lastOffset()
    return clamped(Math.abs(moved) > farViews * viewHeight() ? space.toOffset(to) : offset() + moved)
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    slice: () => slice,
    setList: (list) => {
      if (list.count < count) moving = false
      // What is loaded below was there before.
      if (!endIsKnown) countThen = list.count
      ;({ count, endIsKnown } = list)
      changed()
    },
    forgetHeights: () => {
      heights.forget()
      moving = false
      changed()
    },
    measured: (measurements) => {
      let news = false
      for (const [index, height] of measurements) news = heights.measured(index, height) || news
      if (news) changed()
      return news
    },
    resized: (next) => {
      const grows = next > viewHeight()
      viewport = next
      // A larger view pushes the list down from its end; the browser tells of the scroll before it tells of the size.
      if (grows && scrolledThere && endIsKnown && place !== 'end' && lastOffset() - offset() <= 1) lookAt('end')
      changed()
    },
    scrolled: (to) => {
      const moved = to - scrollTop
      // A browser's rounding of what it was told.
      if (Math.abs(moved) < 1) return
      const at = whereScrolled(to, moved)
      scrollTop = to
      moving = true
      scrolledThere = true
      const toEnd = lastOffset() - at
      if (endIsKnown && (toEnd <= 1 || (toEnd < nearEndPx && moved > 0))) lookAt('end')
      else lookAtOffset(at)
      changed()
    },
    placed: (at) => {
      scrollTop = at
    },
    scrollTop: () => scrollTop,
    rested: () => {
      moving = false
      changed()
    },
    show,
    reveal: (index) => {
      const [top, at] = [topOf(index), offset()]
      if (top < at || top + rowHeight > at + viewHeight()) show(index)
    },
    toStart: () => goTo({ index: 0, below: padding }),
    toEnd: () => goTo('end'),
  }
}
