// Geometry on a grid of whole numbers: the units of a vector tile, x to the right and y down. Whole numbers let two tiles that share
// an edge draw it through the same points.

export interface GridPoint {
  x: number
  y: number
}

/** Without a closing point: the last is joined to the first. */
export type GridRing = GridPoint[]

/** An area by the even-odd rule: the order and the direction of its rings have no meaning. */
export type GridRings = GridRing[]

/** An exterior ring, clockwise as seen with y down (positive by the surveyor's formula), then its holes, the other way round. */
export type GridPolygon = GridRing[]

export type GridLine = GridPoint[]

export interface GridBox {
  left: number
  top: number
  right: number
  bottom: number
}

/** Returns twice the area by the surveyor's formula: positive for a ring that is clockwise as seen with y down (MVT 2.1, 4.3.3.3). */
export function doubleGridArea(ring: GridRing): number {
  let sum = 0
  let before = ring.at(-1)
  for (const point of ring) {
    sum += before!.x * point.y - point.x * before!.y
    before = point
  }
  return sum
}

/** Returns the smallest box around the points; inverted (left > right) when there are none. */
export function gridBoxOf(lines: readonly GridLine[]): GridBox {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const line of lines) {
    for (const { x, y } of line) {
      if (x < box.left) box.left = x
      if (x > box.right) box.right = x
      if (y < box.top) box.top = y
      if (y > box.bottom) box.bottom = y
    }
  }
  return box
}

/** Whether a box lies within another; they may share edges. */
export function gridBoxHolds(outer: GridBox, inner: GridBox): boolean {
  return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
}

/** Returns the four corners of a box, clockwise as seen with y down. */
export function boxRing({ left, top, right, bottom }: GridBox): GridRing {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}

/** Tells where a point lies relative to an area, by the even-odd rule over all its rings. */
export function sideOfRings(x: number, y: number, rings: GridRings): 'inside' | 'outside' | 'boundary' {
  let inside = false
  for (const ring of rings) {
    let a = ring.at(-1)!
    for (const b of ring) {
      if (a.y > y !== b.y > y) {
        const cross = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)
        if (cross === 0) return 'boundary'
        if (cross > 0 === b.y > a.y) inside = !inside
      } else if (a.y === y && b.y === y) {
        if (x >= Math.min(a.x, b.x) && x <= Math.max(a.x, b.x)) return 'boundary'
      } else if ((a.x === x && a.y === y) || (b.x === x && b.y === y)) return 'boundary'
      a = b
    }
  }
  return inside ? 'inside' : 'outside'
}
