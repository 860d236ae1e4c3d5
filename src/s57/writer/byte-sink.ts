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
      buffer.writeUIntLE(value, reserve(width), width)
      return sink
    },
    signed(value) {
      buffer.writeInt32LE(value, reserve(4))
      return sink
    },
    text(value) {
      buffer.write(value, reserve(value.length), 'latin1')
      return sink
    },
    bytes: () => Buffer.from(buffer.subarray(0, length)),
  }
  return sink
}
