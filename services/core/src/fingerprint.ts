/** A number that stands for a text: FNV-1a of 32 bits, http://www.isthe.com/chongo/tech/comp/fnv/ */

export const fingerprint = (text: string): number => {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
