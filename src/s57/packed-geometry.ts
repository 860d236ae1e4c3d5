import type { Geometry, Position } from './geometry.ts'

/**
 * A geometry in one flat array: a chart has millions of positions, and an object for each would cost more time and memory than
 * reading the file. `toGeoJson` gives the nested form.
 */
export interface PackedGeometry {
  readonly type: Geometry['type']
  /**
   * Longitude and latitude in degrees (WGS 84), and for soundings the depth in metres (NaN for one without), position after
   * position. Longitudes may lie beyond ±180, as in the file.
   */
  readonly positions: Float64Array
  /**
   * For each position, bits of \`SEGMENT\` for the segment of its line or ring that ends there; meaningless for the first of a path. Null
   * when no bit is set.
   */
  readonly flags: Uint8Array | null
  /** Numbers per position: 3 with depths, otherwise 2. */
  readonly width: 2 | 3
  /** Lines and rings: for each, the index after its last position. Rings are closed. Empty for points. */
  readonly paths: readonly number[]
  /** Areas: for each polygon, the index after its last ring in `paths`; its first ring is the outer one. Empty for other geometries. */
  readonly polygons: readonly number[]
}

/** The geometry as GeoJSON (RFC 7946): outer rings counter-clockwise, holes clockwise. */
export function toGeoJson(geometry: PackedGeometry): Geometry {
  const { type } = geometry
  switch (type) {
    case 'Point':
      return { type, coordinates: positionsOf(geometry, 0, 1)[0]! }
    case 'MultiPoint':
      return { type, coordinates: positionsOf(geometry, 0, geometry.positions.length / geometry.width) }
    case 'LineString':
      return { type, coordinates: pathsOf(geometry, 0, 1)[0]! }
    case 'MultiLineString':
      return { type, coordinates: pathsOf(geometry, 0, geometry.paths.length) }
    case 'Polygon':
      return { type, coordinates: pathsOf(geometry, 0, geometry.paths.length) }
    case 'MultiPolygon': {
      const { polygons } = geometry
      return { type, coordinates: polygons.map((end, i) => pathsOf(geometry, polygons[i - 1] ?? 0, end)) }
    }
  }
}

function pathsOf(geometry: PackedGeometry, from: number, to: number): Position[][] {
  const { paths } = geometry
  return paths.slice(from, to).map((end, i) => positionsOf(geometry, paths[from + i - 1] ?? 0, end))
}

function positionsOf({ positions, width }: PackedGeometry, from: number, to: number): Position[] {
  const list: Position[] = []
  for (let at = from * width; at < to * width; at += width) {
    const depth = width === 3 ? positions[at + 2]! : Number.NaN
    const position = [positions[at]!, positions[at + 1]!]
    if (!Number.isNaN(depth)) position.push(depth)
    list.push(position)
  }
  return list
}

/** The packed form of a GeoJSON geometry. */
export function fromGeoJson({ type, coordinates }: Geometry): PackedGeometry {
  switch (type) {
    case 'Point':
      return packed(type, [[coordinates]], [])
    case 'MultiPoint':
      return packed(type, [coordinates], [])
    case 'LineString':
      return packed(type, [coordinates], [])
    case 'MultiLineString':
      return packed(type, coordinates, [])
    case 'Polygon':
      return packed(type, coordinates, [coordinates.length])
    case 'MultiPolygon': {
      let end = 0
      return packed(
        type,
        coordinates.flat(),
        coordinates.map((rings) => (end += rings.length)),
      )
    }
  }
}

function packed(type: Geometry['type'], lists: readonly (readonly Position[])[], polygons: number[]): PackedGeometry {
  const all = lists.flat()
  const width = all.some((position) => position.length > 2) ? 3 : 2
  const positions = new Float64Array(all.length * width).fill(Number.NaN)
  for (const [i, position] of all.entries()) positions.set(position, i * width)
  let end = 0
  const paths = type.endsWith('Point') ? [] : lists.map((list) => (end += list.length))
  return { type, positions, flags: null, width, paths, polygons }
}
