import { type GridPoint, type GridRing, type GridRings, pointKey } from './grid.ts'

interface Edge {
  a: GridPoint
  b: GridPoint
  /** Of which areas it is a boundary: bit 1 for the first, bit 2 for the second. */
  of: number
}

/** An edge as it leaves a vertex. */
interface Spoke {
  edge: Edge
  to: GridPoint
  angle: number
}

interface Hub {
  point: GridPoint
  /** By angle, clockwise as seen with y down. */
  spokes: Spoke[]
  /** For the ground between each spoke and the next, which areas it belongs to, as in `Edge.of`; null while that is not known. */
  wedges: number[] | null
}

/** A bound for what cannot happen: rounding settles after a few rounds. */
const MOST_ROUNDS = 40

/**
 * The area that rings enclose by the even-odd rule, as rings that neither cross nor touch themselves and that meet each other in
 * single points at most. Crossings become vertices rounded to whole numbers; an edge that this moves over another one is cut
 * again, until nothing crosses (iterated snap rounding, Halperin and Packer 2002). What folds onto itself cancels out.
 *
 * Clipper's union rounds crossings once: on a coarse grid its rings may cross again, and go on to however often it is repeated.
 */
export function snapRings(rings: GridRings): GridRings {
  const edges = node(cancelPairs(toEdges(rings, FIRST)))
  const hubs = toHubs(edges)
  tellSides(edges, hubs)
  return trace(hubs)
}

const FIRST = 1
const SECOND = 2

export type Overlay = 'intersection' | 'difference'

const INSIDE: Record<Overlay, (areas: number) => boolean> = {
  intersection: (areas) => areas === (FIRST | SECOND),
  difference: (areas) => areas === FIRST,
}

/** What two areas have in common, or what the first has and the second has not; rings as those of `snapRings`. */
export function overlayRings(first: GridRings, second: GridRings, overlay: Overlay): GridRings {
  const edges = node(cancelPairs([...toEdges(first, FIRST), ...toEdges(second, SECOND)]))
  const hubs = toHubs(edges)
  tellSides(edges, hubs)
  const inside = INSIDE[overlay]
  for (const hub of hubs.values()) {
    const wedges = hub.wedges!
    // What has the same on both sides is no boundary any more.
    const kept = hub.spokes.map((_, i) => i).filter((i) => inside(wedges[i]!) !== inside(wedges.at(i - 1)!))
    hub.spokes = kept.map((i) => hub.spokes[i]!)
    hub.wedges = kept.map((i) => (inside(wedges[i]!) ? FIRST : 0))
  }
  return trace(hubs)
}

function toEdges(rings: GridRings, of: number): Edge[] {
  const edges: Edge[] = []
  for (const ring of rings) {
    let a = ring.at(-1)
    for (const b of ring) {
      edges.push({ a: a!, b, of })
      a = b
    }
  }
  return edges
}

/** Edges of one area that lie on each other cancel in pairs; of two areas they become one. From left to right, then from top to bottom. */
function cancelPairs(edges: readonly Edge[]): Edge[] {
  const from = new Map<number, Edge[]>()
  for (const { a, b, of } of edges) {
    if (a.x === b.x && a.y === b.y) continue
    const forwards = a.x < b.x || (a.x === b.x && a.y < b.y)
    const edge = forwards ? { a, b, of } : { a: b, b: a, of }
    const key = pointKey(edge.a)
    const others = from.get(key)
    const twin = others?.find((other) => other.b.x === edge.b.x && other.b.y === edge.b.y)
    if (twin !== undefined) twin.of ^= of
    else if (others === undefined) from.set(key, [edge])
    else others.push(edge)
  }
  return [...from.values()].flat().filter(({ of }) => of !== 0)
}

/** Cuts edges where they meet, until they meet in vertices only. */
function node(edges: Edge[]): Edge[] {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const cuts = findCuts(edges)
    if (cuts.size === 0) return edges
    const next: Edge[] = []
    for (const edge of edges) {
      const points = cuts.get(edge)
      if (points === undefined) {
        next.push(edge)
        continue
      }
      const { a } = edge
      points.sort((p, q) => Math.abs(p.x - a.x) + Math.abs(p.y - a.y) - Math.abs(q.x - a.x) - Math.abs(q.y - a.y))
      let from = a
      for (const point of [...points, edge.b]) {
        next.push({ a: from, b: point, of: edge.of })
        from = point
      }
    }
    edges = cancelPairs(next)
  }
  throw new Error('the edges of an area cannot be told apart on the grid')
}

function findCuts(edges: Edge[]): Map<Edge, GridPoint[]> {
  edges.sort((e, f) => e.a.x - f.a.x)
  const cuts = new Map<Edge, GridPoint[]>()
  const cut = (edge: Edge, point: GridPoint) => {
    if (same(edge.a, point) || same(edge.b, point)) return
    const points = cuts.get(edge)
    if (points === undefined) cuts.set(edge, [point])
    else points.push(point)
  }
  for (let i = 0; i < edges.length; i++) {
    const e = edges[i]!
    const low = Math.min(e.a.y, e.b.y)
    const high = Math.max(e.a.y, e.b.y)
    for (let j = i + 1; j < edges.length; j++) {
      const f = edges[j]!
      if (f.a.x > e.b.x) break
      if (Math.min(f.a.y, f.b.y) > high || Math.max(f.a.y, f.b.y) < low) continue
      meet(e, f, cut)
    }
  }
  return cuts
}

function meet(e: Edge, f: Edge, cut: (edge: Edge, point: GridPoint) => void): void {
  const d1 = turn(e.a, e.b, f.a)
  const d2 = turn(e.a, e.b, f.b)
  if ((d1 > 0 && d2 > 0) || (d1 < 0 && d2 < 0)) return
  const d3 = turn(f.a, f.b, e.a)
  const d4 = turn(f.a, f.b, e.b)
  if ((d3 > 0 && d4 > 0) || (d3 < 0 && d4 < 0)) return
  if (d1 === 0 && within(f.a, e)) cut(e, f.a)
  if (d2 === 0 && within(f.b, e)) cut(e, f.b)
  if (d3 === 0 && within(e.a, f)) cut(f, e.a)
  if (d4 === 0 && within(e.b, f)) cut(f, e.b)
  if (d1 === 0 || d2 === 0 || d3 === 0 || d4 === 0) return
  const t = d1 / (d1 - d2)
  const point = { x: Math.round(f.a.x + t * (f.b.x - f.a.x)), y: Math.round(f.a.y + t * (f.b.y - f.a.y)) }
  cut(e, point)
  cut(f, point)
}

const same = (p: GridPoint, q: GridPoint) => p.x === q.x && p.y === q.y
const turn = (a: GridPoint, b: GridPoint, p: GridPoint) => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)

/** Of a point on the line of an edge: whether it lies on the edge. */
function within({ x, y }: GridPoint, { a, b }: Edge): boolean {
  return x >= a.x && x <= b.x && y >= Math.min(a.y, b.y) && y <= Math.max(a.y, b.y)
}

function toHubs(edges: readonly Edge[]): Map<number, Hub> {
  const hubs = new Map<number, Hub>()
  const join = (edge: Edge, from: GridPoint, to: GridPoint) => {
    const key = pointKey(from)
    const hub = hubs.get(key) ?? { point: from, spokes: [], wedges: null }
    hub.spokes.push({ edge, to, angle: Math.atan2(to.y - from.y, to.x - from.x) })
    hubs.set(key, hub)
  }
  for (const edge of edges) {
    join(edge, edge.a, edge.b)
    join(edge, edge.b, edge.a)
  }
  for (const hub of hubs.values()) hub.spokes.sort((s, t) => s.angle - t.angle)
  return hubs
}

/** Finds for every vertex which of the wedges between its edges belong to which areas. */
function tellSides(edges: readonly Edge[], hubs: Map<number, Hub>): void {
  // The leftmost vertex of a connected set of edges has nothing of that set to its left, so a look to the left tells its sides.
  const byX = [...hubs.values()].sort((h, k) => h.point.x - k.point.x || h.point.y - k.point.y)
  const byStart = edges.toSorted((e, f) => e.a.x - f.a.x)
  for (const start of byX) {
    if (start.wedges !== null) continue
    let left = 0
    for (const edge of byStart) {
      if (edge.a.x >= start.point.x) break
      if (passesLeft(edge, start.point)) left ^= edge.of
    }
    // All its edges go to the right, so the wedge to the left is the one between the last and the first.
    setWedges(start, start.spokes.length - 1, left)
    spread(start, hubs)
  }
}

function passesLeft({ a, b }: Edge, { x, y }: GridPoint): boolean {
  return a.y > y !== b.y > y && a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y) < x
}

/** From one wedge to all of its vertex: each spoke is a boundary of the areas it is of. */
function setWedges(hub: Hub, at: number, areas: number): void {
  const { spokes } = hub
  const wedges = new Array<number>(spokes.length)
  let current = areas
  for (let step = 0; step < spokes.length; step++) {
    const i = (at + step) % spokes.length
    if (step > 0) current ^= spokes[i]!.edge.of
    wedges[i] = current
  }
  hub.wedges = wedges
}

/** From one vertex to all that hang together with it: an edge has the same ground to each side at both ends. */
function spread(start: Hub, hubs: Map<number, Hub>): void {
  const open = [start]
  for (let hub = open.pop(); hub !== undefined; hub = open.pop()) {
    for (let i = 0; i < hub.spokes.length; i++) {
      const { edge, to } = hub.spokes[i]!
      const other = hubs.get(pointKey(to))!
      if (other.wedges !== null) continue
      // The wedge after this spoke lies to its right; seen from the other end, before its spoke.
      const j = other.spokes.findIndex((spoke) => spoke.edge === edge)
      setWedges(other, (j + other.spokes.length - 1) % other.spokes.length, hub.wedges![i]!)
      open.push(other)
    }
  }
}

/** Walks around the area with it to the right, then parts the walks where they come to a vertex again. */
function trace(hubs: Map<number, Hub>): GridRings {
  const rings: GridRings = []
  const walked = new Set<Spoke>()
  for (const start of hubs.values()) {
    for (let i = 0; i < start.spokes.length; i++) {
      if (start.wedges![i] === 0 || walked.has(start.spokes[i]!)) continue
      const walk: GridRing = []
      let hub = start
      let spoke = start.spokes[i]!
      while (!walked.has(spoke)) {
        walked.add(spoke)
        walk.push(hub.point)
        const next = hubs.get(pointKey(spoke.to))!
        const arrival = next.spokes.findIndex(({ edge }) => edge === spoke.edge)
        spoke = next.spokes[(arrival + next.spokes.length - 1) % next.spokes.length]!
        hub = next
      }
      part(walk, rings)
    }
  }
  return rings
}

function part(walk: GridRing, rings: GridRings): void {
  const path: GridRing = []
  const at = new Map<number, number>()
  for (const point of walk) {
    const before = at.get(pointKey(point))
    if (before !== undefined) {
      const loop = path.splice(before)
      for (const each of loop) at.delete(pointKey(each))
      rings.push(loop)
    }
    at.set(pointKey(point), path.length)
    path.push(point)
  }
  rings.push(path)
}
