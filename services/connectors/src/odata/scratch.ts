/** Where rewritten values of one row stand until the row is pushed; nothing is made for a value. */

const zero = 0x30

export class Scratch {
  buffer = Buffer.allocUnsafe(4_096)
  /** The value at work. */
  from = 0
  to = 0
  /** Values that lost something, of the whole extract. */
  losses = 0

  /** A new row begins. */
  clear(): void {
    this.to = 0
  }

  /** A value of at most so many bytes begins. What was written before stays where it is. */
  begin(most: number): void {
    if (this.buffer.length - this.to < most) {
      this.buffer = Buffer.allocUnsafe(Math.max(this.buffer.length, most))
      this.to = 0
    }
    this.from = this.to
  }

  /** Decimal digits, with zeros before them. */
  digits(value: number, count: number): void {
    let rest = value
    for (let at = this.to + count - 1; at >= this.to; at -= 1) {
      this.buffer[at] = zero + (rest % 10)
      rest = Math.floor(rest / 10)
    }
    this.to += count
  }

  byte(byte: number): void {
    this.buffer[this.to] = byte
    this.to += 1
  }

  text(text: string): void {
    this.to += this.buffer.write(text, this.to, 'latin1')
  }
}
