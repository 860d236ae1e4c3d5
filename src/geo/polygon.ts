/** [longitude, latitude] in degrees. */
export type Position = readonly number[]
/** Closed: the last position repeats the first. */
export type Ring = readonly Position[]
/** The exterior ring, then the holes (GeoJSON). */
export type Polygon = readonly Ring[]

/** Returns twice the signed area in square degrees: positive for a counter-clockwise ring. */
export function doubleArea(ring: Ring): number {
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1, y1] = ring[i]!
    const [x2, y2] = ring[i + 1]!
    sum += x1! * y2! - x2! * y1!
  }
  return sum
}

/** The limits of positions in degrees, not normalised: `west` is never greater than `east`. */
export interface Extent {
  west: number
  south: number
  east: number
  north: number
}

/** The extent of a ring in degrees. Without positions, `west` is Infinity and `east` -Infinity. */
export function extentOf(ring: Ring): Extent {
  const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [longitude, latitude] of ring as readonly (readonly [number, number])[]) {
    extent.west = Math.min(extent.west, longitude)
    extent.east = Math.max(extent.east, longitude)
    extent.south = Math.min(extent.south, latitude)
    extent.north = Math.max(extent.north, latitude)
  }
  return extent
}

/** Tells where a position lies relative to a ring (even-odd rule). */
export function ringSide(position: Position, ring: Ring): 'inside' | 'outside' | 'boundary' {
  const [x, y] = position as [number, number]
  let inside = false
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1, y1] = ring[i] as [number, number]
    const [x2, y2] = ring[i + 1] as [number, number]
    const cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
    if (cross === 0 && x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2)) {
      return 'boundary'
    }
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside
  }
  return inside ? 'inside' : 'outside'
}

/** Whether a position lies in a polygon, outside its holes; the boundary does not count. */
export function inPolygon(position: Position, polygon: Polygon): boolean {
  return polygon.every((ring, index) => ringSide(position, ring) === (index === 0 ? 'inside' : 'outside'))
}

/** Where to take the position between two crossings. Not the middle, where the edges of other charts tend to run. */
const OFF_CENTRE = 0.381966

/**
 * Returns a position well inside a polygon: on the widest piece of the interior along a parallel about halfway up.
 *
 * @returns null for a polygon without area.
 */
export function interiorPosition(polygon: Polygon): Position | null {
  const latitudes = [...new Set(polygon.flatMap((ring) => ring.map((each) => each[1]!)))].sort((a, b) => a - b)
  // Between two vertices' latitudes, so the parallel meets no vertex. A few tries around the middle are enough.
  const middle = Math.floor((latitudes.length - 1) / 2)
  for (let step = 0; step < Math.min(latitudes.length, 8); step++) {
    const at = middle + (step % 2 === 0 ? step / 2 : -(step + 1) / 2)
    const low = latitudes[at]
    const high = latitudes[at + 1]
    if (low === undefined || high === undefined) continue
    const found = widestPiece(polygon, low + (high - low) * OFF_CENTRE)
    if (found !== null) return found
  }
  return null
}

function widestPiece(polygon: Polygon, y: number): Position | null {
  const crossings: number[] = []
  for (const ring of polygon) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x1, y1] = ring[i] as [number, number]
      const [x2, y2] = ring[i + 1] as [number, number]
      if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1))
    }
  }
  crossings.sort((a, b) => a - b)
  let best: Position | null = null
  let widest = 0
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = crossings[i + 1]! - crossings[i]!
    if (width > widest) {
      widest = width
      best = [crossings[i]! + width * OFF_CENTRE, y]
    }
  }
  return best
}
