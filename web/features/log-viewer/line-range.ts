/** A permalink into a log: `#L120`, or `#L120-L140`. */

export type LineRange = { from: number; to: number }

export const parseRange = (hash: string): LineRange | null => {
  const found = /^#L(\d+)(?:-L(\d+))?$/.exec(hash)
  if (!found) return null
  const a = Number(found[1])
  const b = Number(found[2] ?? found[1])
  return { from: Math.min(a, b), to: Math.max(a, b) }
}

export const printRange = ({ from, to }: LineRange): string => (from === to ? `#L${from}` : `#L${from}-L${to}`)

/** Clicking takes one line; with Shift it stretches what is chosen to that line. */
export const chooseLine = (chosen: LineRange | null, seq: number, stretch: boolean): LineRange =>
  chosen !== null && stretch ? { from: Math.min(chosen.from, seq), to: Math.max(chosen.to, seq) } : { from: seq, to: seq }
