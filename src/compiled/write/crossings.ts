/** Lines at equal distances across one axis. */
export interface Lattice {
  /** 0: lines of constant x, 1: lines of constant y. */
  axis: 0 | 1
  /** Coordinate of line 0, and the distance to the next. */
  origin: number
  step: number
  /** The lines from `first` up to, not including, `first + count`. */
  first: number
  count: number
}

/** Returns where each line of a lattice crosses the rings, in ascending order; by the even-odd rule, each second gap is inside. */
export function crossingsOf(rings: readonly Int32Array[], { axis, origin, step, first, count }: Lattice): number[][] {
  const found: number[][] = Array.from({ length: count }, () => [])
  const other = 1 - axis
  for (const ring of rings) {
    let before = ring.length - 2
    for (let i = 0; i < ring.length; i += 2) {
      const from = ring[before + axis]!
      const to = ring[i + axis]!
      // The lower end of an edge belongs to it, the upper one does not, so a line through a vertex crosses once.
      const low = Math.max(first, Math.ceil((Math.min(from, to) - origin) / step))
      const high = Math.min(first + count, Math.ceil((Math.max(from, to) - origin) / step))
      for (let line = low; line < high; line++) {
        const share = (origin + line * step - from) / (to - from)
        found[line - first]!.push(ring[before + other]! + share * (ring[i + other]! - ring[before + other]!))
      }
      before = i
    }
  }
  for (const list of found) list.sort((a, b) => a - b)
  return found
}

/** Returns how far a position on a line is from the nearest crossing; 0 when it is outside. */
export function clearanceAt(crossings: readonly number[], position: number): number {
  let low = 0
  let high = crossings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (crossings[middle]! <= position) low = middle + 1
    else high = middle
  }
  return low % 2 === 0 ? 0 : Math.min(position - crossings[low - 1]!, crossings[low]! - position)
}
