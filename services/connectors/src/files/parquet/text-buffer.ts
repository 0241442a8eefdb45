/** A growing buffer that values are printed into. */

const initialSize = 4_096
const [zero, minus, point] = [0x30, 0x2d, 0x2e]
const [lowWord, half] = [4_294_967_296, 1_000_000_000]

export class TextBuffer {
  bytes = Buffer.allocUnsafeSlow(initialSize)
  at = 0

  reserve(size: number): void {
    if (this.at + size <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.at + size))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }

  ascii(text: string): void {
    this.reserve(text.length)
    this.at += this.bytes.write(text, this.at, 'latin1')
  }

  copy(source: Buffer, from: number, to: number): void {
    this.reserve(to - from)
    this.at += source.copy(this.bytes, this.at, from, to)
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.at] = value
    this.at += 1
  }

  /** A whole number that is exact as a double. */
  integer(value: number): void {
    let rest = value
    if (rest < 0) {
      this.byte(minus)
      rest = -rest
    }
    if (rest < half) this.#digits(rest, digitsOf(rest))
    else {
      const high = Math.floor(rest / half)
      this.#digits(high, digitsOf(high))
      this.#digits(rest - high * half, 9)
    }
  }

  /** So many digits of a number below 10^9, with zeros in front. */
  padded(value: number, digits: number): void {
    this.#digits(value, digits)
  }

  /** Eight bytes, the lowest first. */
  int64(source: Buffer, at: number): void {
    const high = source.readInt32LE(at + 4)
    if (high >= -2_097_152 && high < 2_097_152) this.integer(high * lowWord + source.readUInt32LE(at))
    else this.ascii(source.readBigInt64LE(at).toString())
  }

  /** Digits with a point in front of the last `scale` of them. */
  decimal(unscaled: number | bigint, scale: number): void {
    if (scale <= 0) {
      if (typeof unscaled === 'number') this.integer(unscaled)
      else this.ascii(unscaled.toString())
      // Of a negative scale, which the format forbids and some write.
      if (unscaled !== 0 && unscaled !== 0n) this.ascii('0'.repeat(-scale))
      return
    }
    if (typeof unscaled === 'bigint' || scale > 9) {
      const text = unscaled.toString()
      const digits = text.replace('-', '').padStart(scale + 1, '0')
      this.ascii(`${text.startsWith('-') ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`)
      return
    }
    if (unscaled < 0) this.byte(minus)
    const size = Math.abs(unscaled)
    const unit = 10 ** scale
    const whole = Math.floor(size / unit)
    this.integer(whole)
    this.byte(point)
    this.#digits(size - whole * unit, scale)
  }

  #digits(value: number, count: number): void {
    this.reserve(count)
    const { bytes } = this
    let rest = value
    for (let at = this.at + count - 1; at >= this.at; at -= 1) {
      const next = (rest / 10) | 0
      bytes[at] = zero + rest - next * 10
      rest = next
    }
    this.at += count
  }
}

/** Of a number below 10^9; above, with all of its own. */
const digitsOf = (value: number): number => {
  let count = 1
  for (let rest = value; rest >= 10; rest /= 10) count += 1
  return count
}
