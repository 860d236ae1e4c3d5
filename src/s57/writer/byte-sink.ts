import { Buffer } from 'node:buffer'

/** Collects little-endian numbers and texts into one run of bytes. */
export interface ByteSink {
  /** An unsigned number of 1, 2 or 4 bytes. Throws RangeError when it does not fit. */
  unsigned(value: number, width: 1 | 2 | 4): ByteSink
  /** A signed number of 4 bytes. */
  signed(value: number): ByteSink
  /** Text as ISO 8859-1 with nothing after it. */
  text(value: string): ByteSink
  bytes(): Buffer
}

export function createByteSink(): ByteSink {
  let buffer = Buffer.alloc(256)
  let length = 0

  /** Makes room and returns where it begins. It may replace `buffer`, so it must be called before `buffer` is looked at. */
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
