/** A ring within a list of positions, longitude and latitude in turn; closed: its first position is repeated as its last. */
export interface RingSpan {
  /** Index of its first longitude, and of the number behind its last latitude. */
  start: number
  end: number
}

/** How many positions a ring has. */
export function positionCount({ start, end }: RingSpan): number {
  return (end - start) / 2
}

/** Signed area of a ring in square degrees; positive when it runs counter-clockwise. */
export function ringArea(data: Float64Array, { start, end }: RingSpan): number {
  // Relative to the first position, because products of large numbers would swallow the area of a small ring.
  const originX = data[start]!
  const originY = data[start + 1]!
  let sum = 0
  let previousX = 0
  let previousY = 0
  for (let i = start + 2; i < end; i += 2) {
    const x = data[i]! - originX
    const y = data[i + 1]! - originY
    sum += previousX * y - x * previousY
    previousX = x
    previousY = y
  }
  return sum / 2
}

/** Whether a position lies inside a ring; null when it lies exactly on the ring. */
export function ringContains(data: Float64Array, { start, end }: RingSpan, x: number, y: number): boolean | null {
  let inside = false
  let ax = data[start]!
  let ay = data[start + 1]!
  for (let i = start + 2; i < end; i += 2) {
    const bx = data[i]!
    const by = data[i + 1]!
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (cross === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by))
      return null
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
    ax = bx
    ay = by
  }
  return inside
}

/** Reverses the direction of a ring in place. */
export function reverseRing(data: Float64Array, { start, end }: RingSpan): void {
  for (let low = start, high = end - 2; low < high; low += 2, high -= 2) {
    const x = data[low]!
    const y = data[low + 1]!
    data[low] = data[high]!
    data[low + 1] = data[high + 1]!
    data[high] = x
    data[high + 1] = y
  }
}
