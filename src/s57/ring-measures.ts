import type { Position } from './geometry.ts'

/** Signed area of a closed ring in square degrees; positive when it runs counter-clockwise. */
export function ringArea(ring: readonly Position[]): number {
  // Relative to the first position, because products of large numbers would swallow the area of a small ring.
  const originX = ring[0]?.[0] ?? 0
  const originY = ring[0]?.[1] ?? 0
  let sum = 0
  let previousX = 0
  let previousY = 0
  for (let i = 1; i < ring.length; i++) {
    const x = ring[i]![0]! - originX
    const y = ring[i]![1]! - originY
    sum += previousX * y - x * previousY
    previousX = x
    previousY = y
  }
  return sum / 2
}

/** Whether a position lies inside a closed ring; null when it lies exactly on the ring. */
export function ringContains(ring: readonly Position[], position: Position): boolean | null {
  const [x, y] = position as [number, number]
  let inside = false
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as [number, number]
    const [bx, by] = ring[i] as [number, number]
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (cross === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by))
      return null
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
  }
  return inside
}
