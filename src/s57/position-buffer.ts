/**
 * Where the positions of features are put together, longitude and latitude in turn. Many features share one piece of memory,
 * each with its own view of it: getting memory from the system for every feature took longer than filling it.
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

/** Begins a feature of at most so many positions. */
export function open(buffer: PositionBuffer, positions: number): void {
  const needed = positions * 2
  if (buffer.length + needed > buffer.data.length) {
    buffer.data = new Float64Array(Math.max(pieceLength, needed))
    buffer.length = 0
  }
  buffer.start = buffer.length
}

/** Ends the feature: its positions. The next one begins behind them. */
export function close(buffer: PositionBuffer): Float64Array {
  const { data, start, length } = buffer
  buffer.start = length
  return new Float64Array(data.buffer, start * 8, length - start)
}
