/** Text as HANA sends it: UTF-8, but for what lies beyond U+FFFF, which comes as two surrogates of three bytes each. */

const surrogateLead = 0xed
const pairSize = 6

/** A surrogate of three bytes, `ED A0–AF xx` or `ED B0–BF xx`. */
const isSurrogate = (bytes: Buffer, at: number, kind: 0xa0 | 0xb0): boolean =>
  bytes[at] === surrogateLead && ((bytes[at + 1] ?? 0) & 0xf0) === kind

/** Ten bits of the character. */
const bitsOf = (bytes: Buffer, at: number): number => (((bytes[at + 1] ?? 0) & 0x0f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f)

/** @returns the same buffer where it is UTF-8 already */
export const toUtf8 = (bytes: Buffer): Buffer => {
  const parts: Buffer[] = []
  let kept = 0
  for (let at = bytes.indexOf(surrogateLead); at >= 0 && at + pairSize <= bytes.length; at = bytes.indexOf(surrogateLead, at)) {
    if (isSurrogate(bytes, at, 0xa0) && isSurrogate(bytes, at + 3, 0xb0)) {
      const character = 0x1_0000 + ((bitsOf(bytes, at) << 10) | bitsOf(bytes, at + 3))
      parts.push(bytes.subarray(kept, at), Buffer.from(String.fromCodePoint(character)))
      at += pairSize
      kept = at
    } else at += 1
  }
  return kept === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(kept)])
}
