/** Does something once the browser has nothing better to do, such as to follow a scroll; returns how to call it off. */

/** @param atLatestMs by then it is done all the same; Infinity: it can wait for good */
export const whenIdle = (act: () => void, atLatestMs: number): (() => void) => {
  // Safari cannot tell when it is idle.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(act, Number.isFinite(atLatestMs) ? atLatestMs : 0)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(act, Number.isFinite(atLatestMs) ? { timeout: atLatestMs } : {})
  return () => cancelIdleCallback(handle)
}
