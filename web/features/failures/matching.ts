/** Finds failures by any words of theirs. */

type Explained = { code: string; title: string; rootCause: string; resolution: string }

/** Those that contain every word of the text, wherever, whatever its case. */
export const matching = <F extends Explained>(failures: readonly F[], text: string): F[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return failures.filter(({ code, title, rootCause, resolution }) => {
    const all = [code, code.replaceAll('_', ' '), title, rootCause, resolution].join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
