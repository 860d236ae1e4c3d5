import type { ChartCell } from '../../../../api/charts-api.ts'

/** West, south, east, north in degrees; east exceeds 180 across the antimeridian. */
export type Box = [west: number, south: number, east: number, north: number]
type Ring = [longitude: number, latitude: number][]
/** As GeoJSON has them. */
export type Polygons = Ring[][]

/** A chart on the map of outlines. */
export interface Outline {
  key: string
  scale: number
  box: Box
  /** What it covers: its box, until the exact coverage has been read. */
  polygons: Polygons
}

/** Identifies a chart: a public chart and one of the account may have the same name. */
export function keyOf({ name, source }: Pick<ChartCell, 'name' | 'source'>): string {
  return source === 'upload' ? `${name} own` : name
}

/** The outline of a chart before its coverage is known. */
export function boxOutline(cell: Pick<ChartCell, 'name' | 'source' | 'scale' | 'bbox'>): Outline {
  const [west = 0, south = 0, east = 0, north = 0] = cell.bbox
  const box: Box = [west, south, east < west ? east + 360 : east, north]
  return { key: keyOf(cell), scale: cell.scale, box, polygons: [[ringOf(box)]] }
}

function ringOf([west, south, east, north]: Box): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

/** A coverage of the API on one side of the antimeridian, as its box is. */
export function polygonsOf(coordinates: readonly unknown[], [west]: Box): Polygons {
  return (coordinates as Polygons).map((rings) =>
    rings.map((ring) => ring.map(([longitude, latitude]) => [longitude < west - 1 ? longitude + 360 : longitude, latitude])),
  )
}

/** The box around outlines; null when there are none. */
export function boxAround(outlines: readonly { box: Box }[]): Box | null {
  const [first] = outlines
  if (first === undefined) return null
  const around: Box = [...first.box]
  for (const { box } of outlines) {
    around[0] = Math.min(around[0], box[0])
    around[1] = Math.min(around[1], box[1])
    around[2] = Math.max(around[2], box[2])
    around[3] = Math.max(around[3], box[3])
  }
  return around[2] - around[0] < 360 ? around : [-180, around[1], 180, around[3]]
}

/** The turns around the world that may bring one box onto another. */
const TURNS = [0, -360, 360] as const

/** Whether boxes share a point, on whichever side of the antimeridian each is written. */
export function touches(one: Box, other: Box): boolean {
  if (one[1] > other[3] || one[3] < other[1]) return false
  return TURNS.some((turn) => one[0] + turn <= other[2] && one[2] + turn >= other[0])
}

/** The outlines that a place lies in, the finest chart first. */
export function outlinesAt(outlines: readonly Outline[], longitude: number, latitude: number): Outline[] {
  return outlines
    .filter(({ box, polygons }) => {
      if (latitude < box[1] || latitude > box[3]) return false
      return TURNS.some((turn) => {
        const x = longitude + turn
        return x >= box[0] && x <= box[2] && isInside(polygons, x, latitude)
      })
    })
    .sort((a, b) => a.scale - b.scale || (a.key < b.key ? -1 : 1))
}

/** By the even-odd rule, so that holes count as outside. */
function isInside(polygons: Polygons, x: number, y: number): boolean {
  let inside = false
  for (const ring of polygons.flat()) {
    let [ax, ay] = ring.at(-1) ?? [0, 0]
    for (const [bx, by] of ring) {
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
      ax = bx
      ay = by
    }
  }
  return inside
}

/** What a click selects: the finest chart there, or the next coarser one when that was already selected. */
export function nextAt(there: readonly Outline[], chosen: string | undefined): Outline | null {
  const now = there.findIndex(({ key }) => key === chosen)
  return there[(now + 1) % there.length] ?? null
}
