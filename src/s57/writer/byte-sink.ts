import { Buffer } from 'node:buffer'

/** Appends little-endian numbers and text to a growing buffer. */
export interface ByteSink {
  /** Appends an unsigned number of 1, 2 or 4 bytes. Throws RangeError when it does not fit. */
  unsigned(value: number, width: 1 | 2 | 4): ByteSink
  /** Appends a signed number of 4 bytes. */
  signed(value: number): ByteSink
  /** Appends text in ISO 8859-1 without a terminator. */
  text(value: string): ByteSink
  bytes(): Buffer
}

export function createByteSink(): ByteSink {
  let buffer = Buffer.alloc(256)
  let length = 0

  /** Reserves bytes and returns their offset. It may replace `buffer`, so call it before using `buffer`. */
  function reserve(more: number): number {
    if (length + more > buffer.length) {
      const larger = Buffer.alloc(Math.max(buffer.length * 2, length + more))
      buffer.copy(larger, 0, 0, length)
      buffer = larger
    }
    const at = length
    length += more
    return at
  }

  const sink: ByteSink = {
    unsigned(value, width) {
      const at = reserve(width)
      buffer.writeUIntLE(value, at, width)
      return sink
    },
    signed(value) {
      const at = reserve(4)
      buffer.writeInt32LE(value, at)
      return sink
    },
    text(value) {
      const at = reserve(value.length)
      buffer.write(value, at, 'latin1')
      return sink
    },
    bytes: () => Buffer.from(buffer.subarray(0, length)),
  }
  return sink
}
