/** Far more than the error of a sum, far less than can be seen. */
const NUDGE = 1e-6

/**
 * Rounds to a whole number, halves up. A position that lies half way apart from the error of its sums rounds alike on every surface;
 * positions on the grid of vector tiles are often half way.
 */
export function roundSteadily(value: number): number {
  return Math.floor(value + 0.5 + NUDGE)
}
