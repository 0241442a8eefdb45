/** A value at work, as a part of a buffer: steps move its ends, or put another text in its place. */

export type Text = { source: Buffer; from: number; to: number }

/**
 * One transform.
 *
 * @returns false where the text stands for no value
 * @throws BadValueError for a text that it cannot read
 */
export type Step = (text: Text) => boolean

/** Room for the text that a step makes; what the last value left there is overwritten. */
export class Scratch {
  #buffer: Buffer = Buffer.allocUnsafeSlow(64)

  /** @returns at least so many bytes, with nothing kept in them */
  take(bytes: number): Buffer {
    if (bytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(bytes * 2)
    return this.#buffer
  }
}

/** Puts in its place the text that stands at the beginning of a buffer. */
export const replace = (text: Text, source: Buffer, size: number): true => {
  text.source = source
  text.from = 0
  text.to = size
  return true
}
