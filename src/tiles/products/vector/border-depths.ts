import type { GridBox, GridLine, GridPoint, GridPolygon } from '#geo/overlay/grid.ts'
import { createBorderIndex, type Edge } from './border-index.ts'

/** The depth that stands for land and unsurveyed ground beside a boundary, in metres. */
export const UNSAFE = -1000

/** An area that makes or exempts a depth boundary, as a cell draws it in a tile. */
export interface SideArea {
  /** In metres: DRVAL1 of a depth area, `UNSAFE` for land and unsurveyed ground; null for inland water, which exempts land. */
  depth: number | null
  polygons: readonly GridPolygon[]
}

/** What one cell draws of a tile: its ground, and the areas on it. */
export interface CellGround {
  /** Rings with the ground to their right; null for the whole tile. */
  rings: readonly GridLine[] | null
  areas: readonly SideArea[]
}

/** Where the depth changes on the border of two cells. */
export interface BorderDepths {
  /** `UNSAFE` for land and unsurveyed ground. */
  shallow: number
  deep: number
  lines: GridLine[]
}

/** A stretch of a border along which an area of one of the two cells runs; from and to are units from the beginning of its edge. */
interface Touch {
  from: number
  to: number
  depth: number | null
  /** Whether the area is of the cell whose ring has the edge. */
  isOwn: boolean
}

/**
 * The lines where the depth changes exactly at the border of two cells. Within a cell the compiler knows the depths on both sides of a
 * stretch; here each side is in another file, and only the tile knows which cells meet.
 *
 * @param grounds in the order of claim.
 * @param box of the tile: what runs along its sides is no border.
 */
export function borderDepths(grounds: readonly CellGround[], box: GridBox): BorderDepths[] {
  const borders = bordersOf(grounds, box)
  if (borders.length === 0) return []
  const touches = new Map<Edge, Touch[]>()
  const index = createBorderIndex(box, borders.flat())
  for (const [cell, { areas }] of grounds.entries()) {
    for (const { depth, polygons } of areas) {
      for (const ring of polygons.flat()) {
        index.visitAlong(ring, (edge, from, to, isSameWay) => {
          // A ring has its area to the right, so a neighbour's runs the other way. Each pair of cells counts at the border of the first.
          const isOwn = edge.owner === cell
          if (isOwn !== isSameWay || cell < edge.owner) return
          const known = touches.get(edge)
          if (known === undefined) touches.set(edge, [{ from, to, depth, isOwn }])
          else known.push({ from, to, depth, isOwn })
        })
      }
    }
  }
  const found = new Map<string, BorderDepths>()
  for (const border of borders) joinStretches(border, touches, found)
  return [...found.values()]
}

/** The edges of each ring that other cells may adjoin, in their order. */
function bordersOf(grounds: readonly CellGround[], box: GridBox): Edge[][] {
  return grounds.flatMap(({ rings }, owner) =>
    (rings ?? []).map((ring) =>
      ring.flatMap((to, i) => {
        const from = ring.at(i - 1)!
        const length = Math.hypot(to.x - from.x, to.y - from.y)
        return length === 0 || isOnSide(from, to, box) ? [] : [{ owner, from, to, length }]
      }),
    ),
  )
}

const isOnSide = (a: GridPoint, b: GridPoint, { left, top, right, bottom }: GridBox): boolean =>
  (a.x === b.x && (a.x === left || a.x === right)) || (a.y === b.y && (a.y === top || a.y === bottom))

/** Adds the stretches of a border where the depth changes, joined to lines. */
function joinStretches(
  border: readonly Edge[],
  touches: ReadonlyMap<Edge, readonly Touch[]>,
  found: Map<string, BorderDepths>,
): void {
  let lastKey = ''
  let line: GridPoint[] = []
  for (const edge of border) {
    for (const { shallow, deep, from, to } of stretchesOf(touches.get(edge) ?? [])) {
      const key = `${shallow} ${deep}`
      const [start, end] = [pointAt(edge, from), pointAt(edge, to)]
      if (isSame(start, end)) continue
      const before = line.at(-1)
      if (lastKey === key && before !== undefined && isSame(before, start)) {
        line.push(end)
        continue
      }
      line = [start, end]
      lastKey = key
      const known = found.get(key)
      if (known === undefined) found.set(key, { shallow, deep, lines: [line] })
      else known.lines.push(line)
    }
  }
}

/** The stretches of an edge that have a deeper and a shallower side, in their order. */
function stretchesOf(touches: readonly Touch[]): { shallow: number; deep: number; from: number; to: number }[] {
  if (!touches.some(({ isOwn }) => isOwn) || touches.every(({ isOwn }) => isOwn)) return []
  const ends = [...new Set(touches.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  return ends.slice(1).flatMap((to, i) => {
    const from = ends[i]!
    const here = touches.filter((touch) => touch.from <= from && touch.to >= to)
    const [own, other] = [shallowest(here, true), shallowest(here, false)]
    const [shallow, deep] = [Math.min(own, other), Math.max(own, other)]
    const isExempt = shallow === UNSAFE && here.some(({ depth }) => depth === null)
    // As within a cell: no safety depth is 0 or less.
    return deep === Infinity || shallow === deep || deep <= 0 || isExempt ? [] : [{ shallow, deep, from, to }]
  })
}

/** The depth on one side; where areas overlap, the shallower one counts. Infinity for none. */
const shallowest = (touches: readonly Touch[], isOwn: boolean): number =>
  touches.reduce(
    (least, touch) => (touch.isOwn === isOwn && touch.depth !== null ? Math.min(least, touch.depth) : least),
    Infinity,
  )

function pointAt({ from, to, length }: Edge, along: number): GridPoint {
  const share = along / length
  return { x: Math.round(from.x + (to.x - from.x) * share), y: Math.round(from.y + (to.y - from.y) * share) }
}

const isSame = (a: GridPoint, b: GridPoint) => a.x === b.x && a.y === b.y
