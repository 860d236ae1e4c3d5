import { type CompiledCell, FULL_ZOOM, PART } from '#compiled/format/compiled-cell.ts'
import { createPositionBuffer, readPart } from '#compiled/read/read-part.ts'
import type { WorldBox } from '#geo/world.ts'
import type { Corridor } from './corridor.ts'
import { crossing, segmentToSegment2 } from './segment-distance.ts'

/** How the stretches of a corridor lie to a line or an area. */
export interface Touch {
  /** Stretches within reach of the line, or of the area's boundary. */
  boundary: Uint8Array
  /** Stretches within reach of the shape, inside it too. */
  touched: Uint8Array
  /** Parts of each stretch, 0 to 1, that lie inside; only for areas with `wantsInside`. */
  inside: (Interval[] | undefined)[]
}

export type Interval = readonly [from: number, to: number]

const WHOLE: readonly Interval[] = [[0, 1]]

// Reused for each part.
const positions = createPositionBuffer()

/** A path in world units: x, y, x, y ..., closed where it is a ring. */
type Path = Int32Array

/** The lines, or the rings of an area. */
export interface Shape {
  paths: Path[]
  isArea: boolean
}

/** Reads the parts of a feature or of the coverage, shortened outside a box. */
export function readPaths(cell: CompiledCell, from: number, to: number, box: WorldBox): Shape {
  const paths: Path[] = []
  let isArea = false
  for (let part = from; part < to; part++) {
    const count = readPart(cell, part, FULL_ZOOM, positions, box)
    if (count < 2) continue
    const isRing = cell.partKind[part] !== PART.line
    isArea ||= isRing
    const path = new Int32Array((count + (isRing ? 1 : 0)) * 2)
    path.set(positions.xy.subarray(0, count * 2))
    if (isRing) path.set(positions.xy.subarray(0, 2), count * 2)
    paths.push(path)
  }
  return { paths, isArea }
}

/**
 * Finds the stretches that a line or an area meets within reach. Rings count by the even-odd rule.
 *
 * @param wantsInside whether the exact parts of the stretches inside an area are needed.
 */
export function touchShape(cell: CompiledCell, from: number, to: number, corridor: Corridor, wantsInside: boolean): Touch {
  return touchPaths(readPaths(cell, from, to, corridor.box), corridor, wantsInside)
}

/** As `touchShape`, for paths that are read already. */
export function touchPaths({ paths, isArea }: Shape, corridor: Corridor, wantsInside: boolean): Touch {
  const boundary = new Uint8Array(corridor.count)
  const crossings: number[][] = Array.from({ length: wantsInside ? corridor.count : 0 }, () => [])
  for (const path of paths) touchPath(path, corridor, boundary, crossings)
  const inside: Touch['inside'] = []
  const touched = boundary.slice()
  if (isArea) fillInside(paths, corridor, { boundary, touched, inside }, crossings)
  return { boundary, touched, inside }
}

function touchPath(path: Path, corridor: Corridor, boundary: Uint8Array, crossings: number[][]): void {
  const { ends, reach2 } = corridor
  let cx = 0
  let cy = 0
  let dx = path[0]!
  let dy = path[1]!
  const visit = (i: number) => {
    const [ax, ay, bx, by] = [ends[i * 4]!, ends[i * 4 + 1]!, ends[i * 4 + 2]!, ends[i * 4 + 3]!]
    if (boundary[i] === 0 && segmentToSegment2(ax, ay, bx, by, cx, cy, dx, dy) <= reach2[i]!) boundary[i] = 1
    if (crossings.length > 0) {
      const t = crossing(ax, ay, bx, by, cx, cy, dx, dy)
      if (!Number.isNaN(t)) crossings[i]!.push(t)
    }
  }
  for (let at = 2; at < path.length; at += 2) {
    cx = dx
    cy = dy
    dx = path[at]!
    dy = path[at + 1]!
    corridor.near(Math.min(cx, dx), Math.min(cy, dy), Math.max(cx, dx), Math.max(cy, dy), visit)
  }
}

/** Stretches that the boundary does not reach share the side of their neighbours, so one test answers for a run of them. */
function fillInside(paths: readonly Path[], corridor: Corridor, touch: Touch, crossings: number[][]): void {
  const { ends, count } = corridor
  let side: boolean | null = null
  for (let i = 0; i < count; i++) {
    const [ax, ay, bx, by] = [ends[i * 4]!, ends[i * 4 + 1]!, ends[i * 4 + 2]!, ends[i * 4 + 3]!]
    const places = crossings[i] ?? []
    if (touch.boundary[i] === 0) {
      side ??= holds(paths, ax, ay)
      if (side) touch.touched[i] = 1
      if (side && crossings.length > 0) touch.inside[i] = [...WHOLE]
      continue
    }
    side = null
    if (crossings.length === 0) continue
    const stops = [0, ...places.sort((a, b) => a - b), 1]
    const found: Interval[] = []
    for (let k = 1; k < stops.length; k++) {
      const [start, end] = [stops[k - 1]!, stops[k]!]
      if (start === end) continue
      const middle = (start + end) / 2
      if (holds(paths, ax + (bx - ax) * middle, ay + (by - ay) * middle)) found.push([start, end])
    }
    if (found.length > 0) touch.inside[i] = found
  }
}

/** Whether rings hold a position, by the even-odd rule. */
export function holds(paths: readonly Path[], x: number, y: number): boolean {
  let inside = false
  for (const path of paths) {
    for (let at = 2; at < path.length; at += 2) {
      const ay = path[at - 1]!
      const by = path[at + 1]!
      if (ay > y === by > y) continue
      const ax = path[at - 2]!
      if (ax + ((y - ay) / (by - ay)) * (path[at]! - ax) > x) inside = !inside
    }
  }
  return inside
}
