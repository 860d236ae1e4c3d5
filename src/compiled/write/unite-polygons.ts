import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { intersectRings, subtractRings } from '#geo/overlay/clip-rings.ts'
import { doubleGridArea, type GridRings } from '#geo/overlay/grid.ts'
import { type Extent, extentOf, type Polygon } from '#geo/polygon.ts'

/** Positions that the overlays of one cell may take together, in all their polygons: a hostile cell may have any number of areas. */
const MOST_POSITIONS = 1_000_000
/** Units across the longer side of two polygons: products of two distances stay exact. */
const GRID_UNITS = 2 ** 25
/** Neighbours that do not share all positions of their common edge overlap by less than this share of the smaller one. */
const SLIVER = 1e-4

/**
 * Makes polygons disjoint: each keeps the ground that none before it has. All that reads a coverage counts its rings by the even-odd
 * rule, by which ground that is covered twice is not covered. Polygons that overlap no other stay as they are.
 */
export function unitePolygons(polygons: readonly Polygon[]): Polygon[] {
  const united: { polygon: Polygon; box: Extent; positions: number }[] = []
  let positions = 0
  for (const polygon of polygons) {
    let rest = [polygon]
    const box = extentOf(polygon[0] ?? [])
    for (const other of united) {
      if (!overlap(box, other.box)) continue
      positions += other.positions + countOf(rest)
      if (positions > MOST_POSITIONS) break
      rest = rest.flatMap((part) => without(part, other.polygon))
    }
    for (const part of rest) united.push({ polygon: part, box: extentOf(part[0] ?? []), positions: countOf([part]) })
  }
  return united.map(({ polygon }) => polygon)
}

/** What is left of a polygon without another one; the polygon itself when the two only touch. */
function without(polygon: Polygon, other: Polygon): Polygon[] {
  const [a, b] = [extentOf(polygon[0] ?? []), extentOf(other[0] ?? [])]
  const west = Math.min(a.west, b.west)
  const south = Math.min(a.south, b.south)
  const scale = GRID_UNITS / Math.max(Math.max(a.east, b.east) - west, Math.max(a.north, b.north) - south)
  const toGrid = (rings: Polygon): GridRings =>
    rings.map((ring) =>
      ring.slice(0, -1).map(([x, y]) => ({ x: Math.round((x! - west) * scale), y: Math.round((y! - south) * scale) })),
    )
  const [mine, its] = [toGrid(polygon), toGrid(other)]
  const shared = areaOf(intersectRings(mine, its))
  if (shared <= SLIVER * Math.min(areaOf(mine), areaOf(its))) return [polygon]
  return cleanPolygon(subtractRings(mine, its)).map((rings) =>
    rings.map((ring) => [...ring, ring[0]!].map(({ x, y }) => [x / scale + west, y / scale + south])),
  )
}

/** The area of rings, whatever their direction, as that of an exterior less that of its holes. */
function areaOf(rings: GridRings): number {
  return cleanPolygon(rings).reduce((sum, polygon) => sum + polygon.reduce((part, ring) => part + doubleGridArea(ring), 0), 0)
}

/** Whether boxes overlap; those that only touch do not. */
function overlap(a: Extent, b: Extent): boolean {
  return a.west < b.east && b.west < a.east && a.south < b.north && b.south < a.north
}

function countOf(polygons: readonly Polygon[]): number {
  return polygons.reduce((sum, polygon) => sum + polygon.reduce((part, ring) => part + ring.length, 0), 0)
}
