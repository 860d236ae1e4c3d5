/**
 * Collects the positions of features, longitude and latitude in turn. Many features share one block of memory, each with its own view:
 * allocating per feature took longer than filling the memory.
 */
export interface PositionBuffer {
  data: Float64Array
  /** For each position, bits of \`SEGMENT\` for the segment that ends there. */
  flags: Uint8Array
  /** Whether the current feature has a flag. */
  hasFlags: boolean
  /** Where the current feature begins, and where its next number goes. */
  start: number
  length: number
}

const pieceLength = 8_192

export function createPositionBuffer(): PositionBuffer {
  return { data: new Float64Array(0), flags: new Uint8Array(0), hasFlags: false, start: 0, length: 0 }
}

/** Begins a feature of at most `positions` positions. */
export function open(buffer: PositionBuffer, positions: number): void {
  makeRoom(buffer, positions * 2)
  buffer.start = buffer.length
  buffer.hasFlags = false
}

function makeRoom(buffer: PositionBuffer, needed: number): void {
  if (buffer.length + needed <= buffer.data.length) return
  buffer.data = new Float64Array(Math.max(pieceLength, needed))
  buffer.flags = new Uint8Array(buffer.data.length / 2)
  buffer.length = 0
}

/** The numbers of a feature that has no paths, to be filled in. */
export function takeNumbers(buffer: PositionBuffer, count: number): Float64Array {
  // Flags are counted by pairs of numbers.
  const needed = count + (count % 2)
  makeRoom(buffer, needed)
  const start = buffer.length
  buffer.length += needed
  return new Float64Array(buffer.data.buffer, start * 8, count)
}

/** Ends the feature and returns its positions, and their flags (null for none). */
export function close(buffer: PositionBuffer): { positions: Float64Array; flags: Uint8Array | null } {
  const { data, flags, hasFlags, start, length } = buffer
  buffer.start = length
  return {
    positions: new Float64Array(data.buffer, start * 8, length - start),
    flags: hasFlags ? flags.subarray(start / 2, length / 2) : null,
  }
}
