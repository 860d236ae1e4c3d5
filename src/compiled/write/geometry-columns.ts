import { entries, type IntList } from './int-list.ts'

/** The geometry of a cell in world units (geo/world.ts), as columns. */
export interface GeometryColumns {
  /** Lines and rings: the positions of path i are `xy[2 * pathStart[i]]` up to `pathStart[i + 1]`. Rings omit the closing position. */
  readonly xy: IntList
  /** For each position, bits of \`SEGMENT\` for the segment that ends there; in a ring, that of the first position closes it. */
  readonly flags: IntList
  readonly pathStart: IntList
  /** Values of `PART`. */
  readonly pathKind: IntList
  /** The body of each path. A body is moved as one across the antimeridian: a line, or a polygon with its holes. */
  readonly pathBody: IntList
  /** Points: x, y. Each point is a body of its own. */
  readonly pointXY: IntList
  /** Millimetres, `noDepth` for a position without depth. */
  readonly pointDepth: IntList
}

/** Returns the positions of one path without copying them. */
export function pathPositions({ xy, pathStart }: GeometryColumns, path: number): Int32Array {
  return entries(xy).subarray(pathStart.data[path]! * 2, pathStart.data[path + 1]! * 2)
}
