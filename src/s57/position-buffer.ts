/**
 * Collects the positions of features, longitude and latitude in turn. Many features share one block of memory, each with its own view:
 * allocating per feature took longer than filling the memory.
 */
export interface PositionBuffer {
  data: Float64Array
  /** Where the current feature begins, and where its next number goes. */
  start: number
  length: number
}

const pieceLength = 8_192

export function createPositionBuffer(): PositionBuffer {
  return { data: new Float64Array(0), start: 0, length: 0 }
}

/** Begins a feature of at most `positions` positions. */
export function open(buffer: PositionBuffer, positions: number): void {
  const needed = positions * 2
  if (buffer.length + needed > buffer.data.length) {
    buffer.data = new Float64Array(Math.max(pieceLength, needed))
    buffer.length = 0
  }
  buffer.start = buffer.length
}

/** Ends the feature and returns its positions. */
export function close(buffer: PositionBuffer): Float64Array {
  const { data, start, length } = buffer
  buffer.start = length
  return new Float64Array(data.buffer, start * 8, length - start)
}
