import { expect, test } from 'vitest'
import { createLogWindow, type LogWindow } from './log-window.ts'
import { rowHeight } from './row-heights.ts'

const viewport = 600

/** Laid out, and scrolled to where it wants to be. */
const openWindow = (count: number, endIsKnown = true): LogWindow => {
  const view = createLogWindow({ count, endIsKnown })
  view.resized(viewport)
  place(view)
  return view
}

/** What the browser does when it is told where to scroll. */
const place = (view: LogWindow): void => {
  const { scrollTop } = view.slice()
  if (scrollTop !== null) view.placed(scrollTop)
}

/** Pixels from the top of the view to a row of the slice, all of whose rows before it are one line high unless told. */
const below = (view: LogWindow, index: number, heights = new Map<number, number>()): number => {
  const { from, to, y } = view.slice()
  if (index < from || index >= to || y === null) return Number.NaN
  let top = y - view.scrollTop()
  for (let row = from; row < index; row++) top += heights.get(row) ?? rowHeight
  return top
}

test('it begins at the end, and stays there as rows come', () => {
  const view = openWindow(1_000_000)
  expect(view.slice()).toMatchObject({ to: 1_000_000, endInView: true })
  view.setList({ count: 1_000_020, endIsKnown: true })
  place(view)
  expect(view.slice().to).toBe(1_000_020)
  expect(below(view, 1_000_019)).toBe(viewport - 8 - rowHeight)
})

test('a window that grows does not lead away from the end, though the browser scrolls', () => {
  const view = openWindow(100)
  view.scrolled(view.scrollTop() - 200)
  view.rested()
  expect(view.slice().endInView).toBe(false)
  view.resized(viewport + 200)
  view.setList({ count: 120, endIsKnown: true })
  place(view)
  expect(view.slice().endInView).toBe(true)

  view.scrolled(view.scrollTop() - 300)
  view.resized(viewport + 400)
  expect(view.slice().endInView).toBe(false)
})

test('a line that is shown stays the one that is looked at when the window grows', () => {
  const view = openWindow(100)
  view.show(95)
  view.resized(viewport + 400)
  view.setList({ count: 200, endIsKnown: true })
  expect(view.slice().endInView).toBe(false)
})

test('a row that is shown stays where it is while those around it are measured', () => {
  const view = openWindow(1_000_000)
  view.show(500_000)
  place(view)
  const before = below(view, 500_000)
  expect(before).toBe((viewport - rowHeight) / 2)
  const { from } = view.slice()
  const tall = new Map([from, from + 5, 499_999].map((index) => [index, 5 * rowHeight]))
  view.measured(tall)
  place(view)
  expect(below(view, 500_000, tall)).toBe(before)
})

test('the first rows are shown where they can be, however much was measured before', () => {
  const view = openWindow(1_000_000)
  view.measured(Array.from({ length: 50 }, (_, row) => [999_950 + row, 10 * rowHeight]))
  view.show(2)
  place(view)
  view.measured([
    [0, 3 * rowHeight],
    [1, 2 * rowHeight],
  ])
  place(view)
  expect(view.slice()).toMatchObject({ from: 0, scrollTop: 0, endInView: false })
})

test('while the reader scrolls, rows that turn out taller above move nothing, and nobody is scrolled but by hand', () => {
  const view = openWindow(1_000_000)
  view.show(500_000)
  place(view)
  const before = below(view, 500_000)
  view.scrolled(view.scrollTop() - 120)
  expect(view.slice().scrollTop).toBeNull()
  expect(below(view, 500_000)).toBe(before + 120)
  const tall = new Map([[view.slice().from, 4 * rowHeight]])
  view.measured(tall)
  expect(view.slice().scrollTop).toBeNull()
  expect(below(view, 500_000, tall)).toBe(before + 120)
  view.rested()
  place(view)
  expect(below(view, 500_000, tall)).toBe(before + 120)
})

test('who scrolls to the end follows it, and who leaves it is told how much is missed', () => {
  const view = openWindow(1_000)
  view.scrolled(view.scrollTop() - 500)
  expect(view.slice().endInView).toBe(false)
  view.setList({ count: 1_007, endIsKnown: true })
  expect(view.slice().missed).toBe(7)
  view.scrolled(view.slice().height - viewport)
  expect(view.slice()).toMatchObject({ endInView: true, missed: 0, to: 1_007 })
  view.setList({ count: 1_030, endIsKnown: true })
  expect(view.slice()).toMatchObject({ endInView: true, missed: 0, to: 1_030 })
})

test('the end of what is loaded so far is no end to stay at', () => {
  const view = openWindow(500, false)
  view.toStart()
  place(view)
  view.scrolled(view.slice().height - viewport)
  expect(view.slice().endInView).toBe(false)
  view.rested()
  view.setList({ count: 1_000, endIsKnown: false })
  expect(view.slice().to).toBeLessThan(600)
})

test('what is found is no news, and nobody is led to an end that is in view', () => {
  const view = openWindow(0, false)
  view.toStart()
  view.setList({ count: 5, endIsKnown: true })
  place(view)
  expect(view.slice()).toMatchObject({ endInView: true, missed: 0 })
  view.setList({ count: 60, endIsKnown: true })
  expect(view.slice()).toMatchObject({ endInView: false, missed: 55 })
})

test('a jump by the scrollbar leads to its share of the list', () => {
  const view = openWindow(1_000_000)
  const { height } = view.slice()
  view.scrolled((height - viewport) / 2)
  expect(Math.abs(view.slice().from - 500_000)).toBeLessThan(100)
  view.scrolled(0)
  expect(view.slice().from).toBe(0)
})

test('only a row that is out of view is revealed', () => {
  const view = openWindow(1_000)
  view.reveal(995)
  expect(view.slice().endInView).toBe(true)
  view.reveal(10)
  place(view)
  expect(view.slice()).toMatchObject({ from: 0, endInView: false })
})
