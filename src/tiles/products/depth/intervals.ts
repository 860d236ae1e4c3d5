import type { Interval } from './touch-shape.ts'

/** Shorter intervals come from rounding. */
const SHORTEST = 1e-9

/** Returns `a` without `b`, in ascending order. */
export function without(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  let left = [...a]
  for (const [from, to] of b) {
    left = left.flatMap(([start, end]): Interval[] => [
      [start, Math.min(end, from)],
      [Math.max(start, to), end],
    ])
    left = left.filter(([start, end]) => end - start > SHORTEST)
  }
  return left.sort((one, other) => one[0] - other[0])
}

/** Returns the common parts of `a` and `b`. */
export function both(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const found = a.flatMap(([start, end]) => b.map(([from, to]): Interval => [Math.max(start, from), Math.min(end, to)]))
  return found.filter(([start, end]) => end - start > SHORTEST).sort((one, other) => one[0] - other[0])
}
