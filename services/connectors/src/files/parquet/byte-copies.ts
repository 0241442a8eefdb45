/** The two codecs that say nothing but what to copy from where: Snappy and LZ4. */

/** The caller makes of it what is wrong with the file. */
const damaged = (): Error => new Error('The compressed bytes are damaged.')

class Output {
  readonly bytes: Buffer
  at = 0

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size)
  }

  literal(source: Buffer, from: number, size: number): void {
    if (from + size > source.length || this.at + size > this.bytes.length) throw damaged()
    if (size < 24) for (let at = 0; at < size; at += 1) this.bytes[this.at + at] = source[from + at] as number
    else source.copy(this.bytes, this.at, from, from + size)
    this.at += size
  }

  /** From what was written before, which may run into what is being written. */
  again(distance: number, size: number): void {
    if (distance === 0 || distance > this.at || this.at + size > this.bytes.length) throw damaged()
    const { bytes } = this
    const from = this.at - distance
    if (distance >= size && size >= 24) bytes.copyWithin(this.at, from, from + size)
    else for (let at = 0; at < size; at += 1) bytes[this.at + at] = bytes[from + at] as number
    this.at += size
  }

  end(): Buffer {
    if (this.at !== this.bytes.length) throw damaged()
    return this.bytes
  }
}

/** https://github.com/google/snappy/blob/main/format_description.txt */
export const unpackSnappy = (packed: Buffer, size: number): Buffer => {
  const out = new Output(size)
  let at = 0
  // The size stands in front as a varint; the page has said it already.
  while (((packed[at] ?? 0) & 0x80) !== 0) at += 1
  at += 1
  while (at < packed.length) {
    const tag = packed[at] as number
    at += 1
    const kind = tag & 3
    if (kind === 0) {
      let length = tag >> 2
      if (length >= 60) {
        const bytes = length - 59
        length = packed.readUIntLE(at, bytes)
        at += bytes
      }
      out.literal(packed, at, length + 1)
      at += length + 1
    } else if (kind === 1) {
      out.again(((tag & 0xe0) << 3) | packed.readUInt8(at), ((tag >> 2) & 7) + 4)
      at += 1
    } else {
      out.again(kind === 2 ? packed.readUInt16LE(at) : packed.readUInt32LE(at), (tag >> 2) + 1)
      at += kind === 2 ? 2 : 4
    }
  }
  return out.end()
}

/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */
export const unpackLz4 = (packed: Buffer, size: number): Buffer => {
  const out = new Output(size)
  let at = 0
  const longer = (length: number): number => {
    if (length < 15) return length
    let total = length
    for (;;) {
      const more = packed.readUInt8(at)
      at += 1
      total += more
      if (more !== 255) return total
    }
  }
  while (at < packed.length) {
    const token = packed[at] as number
    at += 1
    const literals = longer(token >> 4)
    out.literal(packed, at, literals)
    at += literals
    // The last sequence has no copy.
    if (at >= packed.length) break
    const distance = packed.readUInt16LE(at)
    at += 2
    out.again(distance, longer(token & 15) + 4)
  }
  return out.end()
}
