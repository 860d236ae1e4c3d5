import polylabel from 'polylabel'
import type { GridPoint, GridPolygon } from '#geo/overlay/grid.ts'

/** Units of the tile; MapLibre's. */
const PRECISION = 16

/** Where MapLibre puts a symbol of an area: its centroid, or its pole of inaccessibility where that lies further from the outline. */
export function middleOfPolygon(polygon: GridPolygon): GridPoint | null {
  const [outline] = polygon
  if (outline === undefined || outline.length < 3) return null
  const centroid = centroidOf(outline)
  // A sliver would be searched in as many squares as it is long.
  if (narrowest(outline) < PRECISION) return centroid
  const pole = polylabel(
    polygon.map((ring) => ring.map(({ x, y }): [number, number] => [x, y])),
    PRECISION,
  )
  const distance = centroid === null ? 0 : insideBy(centroid, polygon)
  if (centroid !== null && distance > 0 && pole.distance - distance <= PRECISION) return centroid
  return { x: pole[0]!, y: pole[1]! }
}

/** The shorter side of the box around a ring. */
function narrowest(ring: readonly GridPoint[]): number {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of ring) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return Math.min(right - left, bottom - top)
}

function centroidOf(ring: readonly GridPoint[]): GridPoint | null {
  let [area, x, y] = [0, 0, 0]
  for (const [i, a] of ring.entries()) {
    const b = ring.at(i - 1)!
    const product = a.x * b.y - b.x * a.y
    x += (a.x + b.x) * product
    y += (a.y + b.y) * product
    area += 3 * product
  }
  return area === 0 ? null : { x: x / area, y: y / area }
}

/** Distance of a point from the outline and the holes; negative outside. */
function insideBy(point: GridPoint, polygon: GridPolygon): number {
  let isInside = false
  let nearest = Number.POSITIVE_INFINITY
  for (const ring of polygon) {
    for (const [i, a] of ring.entries()) {
      const b = ring.at(i - 1)!
      const [dx, dy] = [b.x - a.x, b.y - a.y]
      if (a.y > point.y !== b.y > point.y && point.x < (dx * (point.y - a.y)) / dy + a.x) isInside = !isInside
      const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)
      const share = Math.min(1, Math.max(0, along))
      nearest = Math.min(nearest, Math.hypot(point.x - a.x - share * dx, point.y - a.y - share * dy))
    }
  }
  return isInside ? nearest : -nearest
}
