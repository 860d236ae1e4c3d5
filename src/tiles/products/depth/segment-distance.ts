/** Returns the square of the distance between a point and a segment. */
export function pointToSegment2(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const t = placeOnSegment(px, py, ax, ay, bx, by)
  const dx = ax + (bx - ax) * t - px
  const dy = ay + (by - ay) * t - py
  return dx * dx + dy * dy
}

/** Returns where on a segment the nearest place to a point lies: 0 at its start, 1 at its end. */
export function placeOnSegment(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const length2 = dx * dx + dy * dy
  return length2 === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2))
}

/** Returns where the segment a to b crosses c to d: 0 at a, 1 at b; NaN where they do not cross or are parallel. */
export function crossing(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): number {
  const ux = bx - ax
  const uy = by - ay
  const vx = dx - cx
  const vy = dy - cy
  const determinant = ux * vy - uy * vx
  if (determinant === 0) return Number.NaN
  const t = ((cx - ax) * vy - (cy - ay) * vx) / determinant
  const s = ((cx - ax) * uy - (cy - ay) * ux) / determinant
  return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? t : Number.NaN
}

/** Returns the square of the distance between two segments; 0 where they cross. */
export function segmentToSegment2(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): number {
  if (!Number.isNaN(crossing(ax, ay, bx, by, cx, cy, dx, dy))) return 0
  return Math.min(
    pointToSegment2(ax, ay, cx, cy, dx, dy),
    pointToSegment2(bx, by, cx, cy, dx, dy),
    pointToSegment2(cx, cy, ax, ay, bx, by),
    pointToSegment2(dx, dy, ax, ay, bx, by),
  )
}
