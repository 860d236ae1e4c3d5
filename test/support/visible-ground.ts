// Computes from coverage which cells are visible in a window, as an independent check of the quilt. Unlike the server it uses floating
// point instead of a grid, and slabs between corners and crossings instead of clipped polygons.

export interface CoveredCell {
  /** Closed rings as x, y from 0 to 1 around the world; x exceeds this range for a cell that crosses the antimeridian. */
  areas: readonly { covered: boolean; rings: readonly (readonly (readonly [x: number, y: number])[])[] }[]
}

export interface UnitBox {
  left: number
  top: number
  right: number
  bottom: number
}

/** The position of a window's units in the world. */
export interface UnitGrid {
  /** Units around the world. */
  across: number
  /** The origin, in units. */
  x: number
  y: number
}

export interface VisibleGround {
  /** Square units of the window that the cell draws. */
  area: number
  /** Whether some of it is further than `CLEAR` units from every border, so that no rounding removes it. */
  isClear: boolean
}

/** Drawing rounds positions to whole units, so a border may move by this many units. */
export const CLEAR = 1.5

interface Edge {
  x1: number
  y1: number
  x2: number
  y2: number
}

interface Area {
  covered: boolean
  edges: Edge[]
}

type Interval = readonly [from: number, to: number]

/**
 * The part of a window that each cell is the first to cover.
 *
 * Between neighbouring heights of corners and crossings no border bends or meets another, so one line across the middle of such a
 * slab decides for all of it.
 *
 * @param cells in the order of their claim.
 */
export function visibleGround<T extends CoveredCell>(
  cells: readonly T[],
  window: UnitBox,
  grid: UnitGrid,
): Map<T, VisibleGround> {
  const near = cells.map((cell) => ({ cell, areas: areasIn(cell, window, grid) })).filter(({ areas }) => areas.length > 0)
  const ground = new Map<T, VisibleGround>(near.map(({ cell }) => [cell, { area: 0, isClear: false }]))
  const heights = heightsOf(
    near.flatMap(({ areas }) => areas.flatMap(({ edges }) => edges)),
    window,
  )
  for (let i = 0; i + 1 < heights.length; i++) {
    const [top, bottom] = [heights[i]!, heights[i + 1]!]
    const y = (top + bottom) / 2
    if (!(y > top && y < bottom)) continue
    let taken: Interval[] = []
    const borders: Edge[] = boxEdges(window)
    for (const { cell, areas } of near) {
      for (const { edges } of areas) borders.push(...edges)
      const covered = coveredAt(areas, y, window)
      if (covered.length === 0) continue
      const own = ground.get(cell)!
      for (const [from, to] of subtract(covered, taken)) {
        own.area += (to - from) * (bottom - top)
        own.isClear ||= to - from > 2 * CLEAR && isFarFrom(borders, (from + to) / 2, y)
      }
      taken = unite([...taken, ...covered])
    }
  }
  return ground
}

function areasIn(cell: CoveredCell, window: UnitBox, grid: UnitGrid): Area[] {
  const found: Area[] = []
  const box = boxOf(cell)
  for (const turn of [-1, 0, 1]) {
    if ((box.left + turn) * grid.across - grid.x >= window.right || (box.right + turn) * grid.across - grid.x <= window.left)
      continue
    if (box.top * grid.across - grid.y >= window.bottom || box.bottom * grid.across - grid.y <= window.top) continue
    for (const { covered, rings } of cell.areas) {
      const edges: Edge[] = []
      let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const ring of rings) {
        for (let i = 0; i + 1 < ring.length; i++) {
          const [a, b] = [ring[i]!, ring[i + 1]!]
          const edge = {
            x1: (a[0] + turn) * grid.across - grid.x,
            y1: a[1] * grid.across - grid.y,
            x2: (b[0] + turn) * grid.across - grid.x,
            y2: b[1] * grid.across - grid.y,
          }
          left = Math.min(left, edge.x1)
          right = Math.max(right, edge.x1)
          if (Math.max(edge.y1, edge.y2) > window.top && Math.min(edge.y1, edge.y2) < window.bottom) edges.push(edge)
        }
      }
      if (edges.length > 0 && left < window.right && right > window.left) found.push({ covered, edges })
    }
  }
  return found
}

const boxes = new WeakMap<CoveredCell, UnitBox>()

/** The box of a cell, from 0 to 1 around the world. */
function boxOf(cell: CoveredCell): UnitBox {
  let box = boxes.get(cell)
  if (box === undefined) {
    box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
    for (const [x, y] of cell.areas.flatMap(({ rings }) => rings.flat())) {
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y)
    }
    boxes.set(cell, box)
  }
  return box
}

/** Heights of the window's sides, of corners, and of crossings of borders with each other and with those sides. */
function heightsOf(edges: readonly Edge[], window: UnitBox): number[] {
  const inside = edges.filter(({ x1, x2 }) => Math.max(x1, x2) >= window.left && Math.min(x1, x2) <= window.right)
  const sides = boxEdges(window)
  const heights = [window.top, window.bottom]
  inside.forEach((edge, i) => {
    heights.push(edge.y1, edge.y2)
    for (const side of sides) addCrossing(edge, side, heights)
    for (let j = i + 1; j < inside.length; j++) addCrossing(edge, inside[j]!, heights)
  })
  return heights.filter((y) => y >= window.top && y <= window.bottom).sort((a, b) => a - b)
}

function addCrossing(a: Edge, b: Edge, heights: number[]): void {
  if (Math.max(a.y1, a.y2) < Math.min(b.y1, b.y2) || Math.max(b.y1, b.y2) < Math.min(a.y1, a.y2)) return
  if (Math.max(a.x1, a.x2) < Math.min(b.x1, b.x2) || Math.max(b.x1, b.x2) < Math.min(a.x1, a.x2)) return
  const [ax, ay, bx, by] = [a.x2 - a.x1, a.y2 - a.y1, b.x2 - b.x1, b.y2 - b.y1]
  const turn = ax * by - ay * bx
  if (turn === 0) return
  const along = ((b.x1 - a.x1) * by - (b.y1 - a.y1) * bx) / turn
  const alongOther = ((b.x1 - a.x1) * ay - (b.y1 - a.y1) * ax) / turn
  if (along >= 0 && along <= 1 && alongOther >= 0 && alongOther <= 1) heights.push(a.y1 + along * ay)
}

/** Returns the spans of a line across the window inside coverage of a cell and outside its areas without coverage. */
function coveredAt(areas: readonly Area[], y: number, window: UnitBox): Interval[] {
  const covered: Interval[] = []
  const uncovered: Interval[] = []
  for (const area of areas) (area.covered ? covered : uncovered).push(...insideAt(area.edges, y, window))
  return subtract(unite(covered), unite(uncovered))
}

/** Returns the spans of a line across the window inside rings, by the even-odd rule. */
function insideAt(edges: readonly Edge[], y: number, { left, right }: UnitBox): Interval[] {
  const crossings: number[] = []
  for (const { x1, y1, x2, y2 } of edges) {
    if (y1 <= y !== y2 <= y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
  }
  crossings.sort((a, b) => a - b)
  const intervals: Interval[] = []
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from, to] = [Math.max(left, crossings[i]!), Math.min(right, crossings[i + 1]!)]
    if (from < to) intervals.push([from, to])
  }
  return intervals
}

function unite(intervals: readonly Interval[]): Interval[] {
  const united: [number, number][] = []
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = united.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else united.push([from, to])
  }
  return united
}

/** @param others ascending and disjoint. */
function subtract(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  const left: Interval[] = []
  for (const [from, to] of intervals) {
    let at = from
    for (const [start, end] of others) {
      if (end <= at || start >= to) continue
      if (start > at) left.push([at, start])
      at = end
    }
    if (at < to) left.push([at, to])
  }
  return left
}

function isFarFrom(edges: readonly Edge[], x: number, y: number): boolean {
  return edges.every(({ x1, y1, x2, y2 }) => {
    const [dx, dy] = [x2 - x1, y2 - y1]
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)))
    return Math.hypot(x1 + along * dx - x, y1 + along * dy - y) > CLEAR
  })
}

function boxEdges({ left, top, right, bottom }: UnitBox): Edge[] {
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const
  return corners.map(([x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % 4]!
    return { x1, y1, x2, y2 }
  })
}
