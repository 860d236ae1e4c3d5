import {
  BORDER,
  CROSSES,
  createRingLocator,
  crossingOf,
  INSIDE,
  ON_EDGE,
  OUTSIDE,
  type RingLocator,
  sideOf,
} from './ring-locator.ts'

/** A point, line or area in world units (x, y): one position, open paths, or rings without the closing position. */
export interface Shape {
  kind: 'point' | 'line' | 'area'
  paths: readonly Int32Array[]
}

export interface Box {
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/** Edges as columns: edge i goes from (ax, ay) to (bx, by). */
interface Edges {
  count: number
  ax: number[]
  ay: number[]
  bx: number[]
  by: number[]
}

/** Bounds the work in a hostile cell; a real one needs a few million steps. */
const MOST_STEPS = 200_000_000

/**
 * Returns a function that tells whether a shape overlaps a polygon. An area overlaps when the interiors meet: a border in common is not
 * enough. A point overlaps on the border too, and a line when a part of it runs there. Once it has taken `MOST_STEPS` steps over all
 * calls, the answer is no.
 */
export function createOverlapTest(): (shape: Shape, polygon: readonly Int32Array[]) => boolean {
  let steps = MOST_STEPS
  const spend = (count: number) => {
    steps -= count
    return steps > 0
  }
  /** Many positions are looked for in the same polygons. */
  const locators = new Map<readonly Int32Array[], RingLocator>()
  const locate = (polygon: readonly Int32Array[], x: number, y: number): number => {
    let locator = locators.get(polygon)
    if (locator === undefined) {
      if (!spend(sizeOf(polygon))) return OUTSIDE
      locator = createRingLocator(polygon)
      locators.set(polygon, locator)
    }
    return spend(locator.cost) ? locator.locate(x, y) : OUTSIDE
  }
  return (shape, polygon) => {
    if (shape.kind === 'point') return locate(polygon, shape.paths[0]![0]!, shape.paths[0]![1]!) !== OUTSIDE
    if (!spend(sizeOf(polygon))) return false
    const box = boxOf(shape.paths)
    const beside = edgesOf(polygon, true, box)
    const own = edgesOf(shape.paths, shape.kind === 'area', box)
    if (!spend(own.count * beside.count * 2)) return false
    if (hasEdgeWithin(own, beside, shape.kind === 'line')) return true
    const near = edgesInBox(beside, box)
    if (!spend(own.count * near.count * 3)) return false
    if (haveCrossing(own, near)) return true
    if (shape.kind === 'line') return false
    const [x, y] = interiorPoint(own)
    return hasEdgeWithin(near, own, false) || locate(polygon, x, y) === INSIDE
  }
}

function sizeOf(polygon: readonly Int32Array[]): number {
  return polygon.reduce((sum, ring) => sum + ring.length, 0)
}

export function boxOf(paths: readonly Int32Array[]): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      box.minX = Math.min(box.minX, path[i]!)
      box.maxX = Math.max(box.maxX, path[i]!)
      box.minY = Math.min(box.minY, path[i + 1]!)
      box.maxY = Math.max(box.maxY, path[i + 1]!)
    }
  }
  return box
}

/** Returns the edges of paths that a ray from inside the box towards greater x may meet. */
function edgesOf(paths: readonly Int32Array[], closed: boolean, { minX, minY, maxY }: Box): Edges {
  const edges: Edges = { count: 0, ax: [], ay: [], bx: [], by: [] }
  for (const path of paths) {
    for (let i = closed ? 0 : 2; i < path.length; i += 2) {
      const before = i === 0 ? path.length - 2 : i - 2
      const ax = path[before]!
      const ay = path[before + 1]!
      const bx = path[i]!
      const by = path[i + 1]!
      if ((ay < minY && by < minY) || (ay > maxY && by > maxY) || (ax < minX && bx < minX)) continue
      append(edges, ax, ay, bx, by)
    }
  }
  return edges
}

function edgesInBox({ count, ax, ay, bx, by }: Edges, { minX, minY, maxX, maxY }: Box): Edges {
  const found: Edges = { count: 0, ax: [], ay: [], bx: [], by: [] }
  for (let i = 0; i < count; i++) {
    if (Math.max(ax[i]!, bx[i]!) < minX || Math.min(ax[i]!, bx[i]!) > maxX) continue
    if (Math.max(ay[i]!, by[i]!) < minY || Math.min(ay[i]!, by[i]!) > maxY) continue
    append(found, ax[i]!, ay[i]!, bx[i]!, by[i]!)
  }
  return found
}

function append(edges: Edges, ax: number, ay: number, bx: number, by: number): void {
  edges.count++
  edges.ax.push(ax)
  edges.ay.push(ay)
  edges.bx.push(bx)
  edges.by.push(by)
}

/** Whether an end or the middle of an edge lies inside. For the edges of a line, a middle on the border counts too. */
function hasEdgeWithin({ count, ax, ay, bx, by }: Edges, polygon: Edges, isLine: boolean): boolean {
  for (let i = 0; i < count; i++) {
    const middle = locateAmong(polygon, (ax[i]! + bx[i]!) / 2, (ay[i]! + by[i]!) / 2)
    if (middle === INSIDE || (isLine && middle === BORDER)) return true
    if (locateAmong(polygon, ax[i]!, ay[i]!) === INSIDE) return true
    // In a ring, the end of an edge is the start of the next one.
    if (isLine && locateAmong(polygon, bx[i]!, by[i]!) === INSIDE) return true
  }
  return false
}

function haveCrossing(a: Edges, b: Edges): boolean {
  for (let i = 0; i < a.count; i++) for (let j = 0; j < b.count; j++) if (cross(a, i, b, j) && cross(b, j, a, i)) return true
  return false
}

/** Whether the ends of edge j of `b` lie on different sides of edge i of `a`, and neither on its line. */
function cross(a: Edges, i: number, b: Edges, j: number): boolean {
  const one = sideOf(a.ax[i]!, a.ay[i]!, a.bx[i]!, a.by[i]!, b.ax[j]!, b.ay[j]!)
  const other = sideOf(a.ax[i]!, a.ay[i]!, a.bx[i]!, a.by[i]!, b.bx[j]!, b.by[j]!)
  return (one < 0 && other > 0) || (one > 0 && other < 0)
}

/** Where a position lies by the even-odd rule over all edges at its y, holes included. */
function locateAmong({ count, ax, ay, bx, by }: Edges, x: number, y: number): number {
  let inside = false
  for (let i = 0; i < count; i++) {
    const crossing = crossingOf(ax[i]!, ay[i]!, bx[i]!, by[i]!, x, y)
    if (crossing === ON_EDGE) return BORDER
    if (crossing === CROSSES) inside = !inside
  }
  return inside ? INSIDE : OUTSIDE
}

/** Returns a position inside rings: between the first two of their edges at a y where no vertex lies. */
function interiorPoint({ count, ax, ay, bx, by }: Edges): [number, number] {
  const ys = [...new Set(ay)].sort((a, b) => a - b)
  const y = ((ys[0] ?? 0) + (ys[1] ?? 0)) / 2
  const xs: number[] = []
  for (let i = 0; i < count; i++) {
    if (ay[i]! > y !== by[i]! > y) xs.push(ax[i]! + ((y - ay[i]!) / (by[i]! - ay[i]!)) * (bx[i]! - ax[i]!))
  }
  xs.sort((a, b) => a - b)
  return [((xs[0] ?? 0) + (xs[1] ?? 0)) / 2, y]
}
