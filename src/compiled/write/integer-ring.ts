/**
 * Returns twice the signed area of a ring of `count` positions (x, y) from index `start` of `xy` on: positive when it runs
 * clockwise as seen with y down.
 */
export function doubleAreaOf(xy: Int32Array, start: number, count: number): number {
  // Relative to the first position: the products of absolute coordinates lose the area of a small ring to rounding.
  const originX = xy[start]!
  const originY = xy[start + 1]!
  let sum = 0
  let previousX = 0
  let previousY = 0
  for (let i = start + 2; i < start + count * 2; i += 2) {
    const x = xy[i]! - originX
    const y = xy[i + 1]! - originY
    sum += previousX * y - x * previousY
    previousX = x
    previousY = y
  }
  return sum
}

/** Reverses, in place, the ring of `count` positions from index `start` of `xy` on. */
export function reverseRing(xy: Int32Array, start: number, count: number): void {
  for (let low = start, high = start + (count - 1) * 2; low < high; low += 2, high -= 2) {
    const [x, y] = [xy[low]!, xy[low + 1]!]
    xy[low] = xy[high]!
    xy[low + 1] = xy[high + 1]!
    xy[high] = x
    xy[high + 1] = y
  }
}
