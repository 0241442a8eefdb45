/** Does the same to many things, a few at a time: a browser has six connections, and others want one too. */

const lanes = 4

/** @returns what came of each, in order */
export const inLanes = async <Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = []
  const waiting = items.entries()
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await act(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
