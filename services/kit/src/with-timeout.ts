/** A signal that also ends by itself. */

/**
 * Aborts with `signal`, or after so many milliseconds with a TimeoutError. `AbortSignal.any` holds its sources weakly, and Node 20
 * forgets a timeout that only it knows of as soon as memory is collected: whoever waits for it would wait forever.
 */
export const withTimeout = (signal: AbortSignal, ms: number): AbortSignal => {
  const timeout = AbortSignal.timeout(ms)
  // Node keeps a timeout that is listened to.
  timeout.addEventListener('abort', () => {}, { once: true })
  return AbortSignal.any([signal, timeout])
}
