import type { GridBox } from '#geo/overlay/grid.ts'

export interface Position {
  x: number
  y: number
}

/**
 * Cuts the line between two positions to a box, and rounds it (Liang and Barsky, 1984).
 *
 * @returns the two ends; null when the line misses the box, or is shorter than a unit there.
 */
export function clipSegment(from: Position, to: Position, box: GridBox): [Position, Position] | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  let [enters, leaves] = [0, 1]
  for (const [step, room] of [
    [-dx, from.x - box.left],
    [dx, box.right - from.x],
    [-dy, from.y - box.top],
    [dy, box.bottom - from.y],
  ] as const) {
    if (step === 0 && room < 0) return null
    if (step < 0) enters = Math.max(enters, room / step)
    else if (step > 0) leaves = Math.min(leaves, room / step)
  }
  if (enters > leaves) return null
  const at = (share: number) => ({ x: Math.round(from.x + share * dx), y: Math.round(from.y + share * dy) })
  const [start, end] = [at(enters), at(leaves)]
  return start.x === end.x && start.y === end.y ? null : [start, end]
}
