/** Values on their way to one reader, the newest of each key only: who reads slowly skips, and memory stays bounded. */

export type Conflated<K, V> = {
  /** Replaces what waits under the same key, and keeps its place. */
  put(key: K, value: V): void
  /** The next value, as soon as there is one; null once it was ended. Rejects once it was ended with an error. */
  take(): Promise<V | null>
  end(error?: Error): void
  readonly size: number
}

export const createConflated = <K, V>(): Conflated<K, V> => {
  const waiting = new Map<K, V>()
  let ended: { error: Error | undefined } | undefined
  let wake = (): void => {}
  return {
    put: (key, value) => {
      waiting.set(key, value)
      wake()
    },
    take: async () => {
      while (ended === undefined) {
        const [next] = waiting
        if (next !== undefined) {
          waiting.delete(next[0])
          return next[1]
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (ended.error) throw ended.error
      return null
    },
    end: (error) => {
      ended ??= { error }
      waiting.clear()
      wake()
    },
    get size() {
      return waiting.size
    },
  }
}
