/** Loads what many fields of one response ask for in one go. Keeps nothing, so that a long subscription never sees old data. */

export type Batch<K, V> = { load(key: K): Promise<V | undefined> }

/** @param loadAll is given each key once; a key that its answer lacks resolves to undefined */
export const createBatch = <K, V>(loadAll: (keys: K[]) => Promise<ReadonlyMap<K, V>>): Batch<K, V> => {
  let waiting: { keys: Set<K>; answer: Promise<ReadonlyMap<K, V>> } | undefined
  return {
    load: async (key) => {
      waiting ??= { keys: new Set(), answer: afterThisTurn().then(() => take()) }
      const { keys, answer } = waiting
      keys.add(key)
      return (await answer).get(key)
    },
  }
  function take(): Promise<ReadonlyMap<K, V>> {
    const keys = waiting?.keys ?? new Set()
    waiting = undefined
    return loadAll([...keys])
  }
}

/** After the promises of this turn: fields of one level resolve in different microtasks, and all of them shall join. */
const afterThisTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })
