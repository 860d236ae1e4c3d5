import { type GridBox, type GridPoint, type GridRing, type GridRings, gridBoxOf } from './grid.ts'

/** A run of kept vertices; both ends lie on the line of the cut. */
interface Chain {
  points: GridRing
  /** Where it begins and ends along the line, before rounding. */
  from: number
  to: number
}

interface ChainEnd {
  chain: Chain
  at: number
  isStart: boolean
  /** The end that it is joined to. */
  partner: ChainEnd | null
}

/**
 * Cuts an area to a box, by the even-odd rule over all rings. The result is exact except that crossings are rounded.
 *
 * It cuts at one side of the box after the other. Each ring becomes chains that begin and end on the side's line. Sorted along that
 * line, their ends alternately enter and leave the area, so each pair is joined, and no two edges overlap along the box.
 */
export function cutRings(rings: GridRings, box: GridBox): GridRings {
  const extent = gridBoxOf(rings)
  let left = rings
  if (extent.left < box.left) left = cut(left, 'x', box.left, 1)
  if (extent.right > box.right) left = cut(left, 'x', box.right, -1)
  if (extent.top < box.top) left = cut(left, 'y', box.top, 1)
  if (extent.bottom > box.bottom) left = cut(left, 'y', box.bottom, -1)
  return left
}

/** Keeps what lies on the line where `axis` is `line`, or beyond it in the direction `sign`. */
function cut(rings: GridRings, axis: 'x' | 'y', line: number, sign: 1 | -1): GridRings {
  const along = axis === 'x' ? 'y' : 'x'
  const kept = (point: GridPoint) => (point[axis] - line) * sign >= 0
  const whole: GridRings = []
  const chains: Chain[] = []

  const crossing = (a: GridPoint, b: GridPoint) => {
    const t = (line - a[axis]) / (b[axis] - a[axis])
    return a[along] + t * (b[along] - a[along])
  }
  const onLine = (at: number): GridPoint => (axis === 'x' ? { x: line, y: Math.round(at) } : { x: Math.round(at), y: line })

  for (const ring of rings) {
    const begin = ring.findIndex((point, i) => kept(point) && !kept(ring.at(i - 1)!))
    if (begin < 0) {
      if (ring.length > 0 && kept(ring[0]!)) whole.push(ring)
      continue
    }
    let chain: Chain | null = null
    let before = ring.at(begin - 1)!
    for (let i = 0; i <= ring.length; i++) {
      const point = ring[(begin + i) % ring.length]!
      if (i < ring.length && kept(point)) {
        if (chain === null) {
          const at = crossing(before, point)
          chain = { points: [], from: at, to: at }
          push(chain.points, onLine(at))
        }
        push(chain.points, point)
      } else if (chain !== null) {
        // The last step returns to the first point of the ring: the point before it ends the chain.
        const outside = i < ring.length ? point : ring.at(begin - 1)!
        chain.to = crossing(before, outside)
        push(chain.points, onLine(chain.to))
        chains.push(chain)
        chain = null
      }
      before = point
    }
  }
  return [...whole, ...joinChains(chains)]
}

/** Joins chains into rings, end to end, by the order of their ends along the line. */
function joinChains(chains: readonly Chain[]): GridRings {
  const ends: ChainEnd[] = []
  const endsOf = new Map<Chain, { start: ChainEnd; end: ChainEnd }>()
  for (const chain of chains) {
    const start: ChainEnd = { chain, at: chain.from, isStart: true, partner: null }
    const end: ChainEnd = { chain, at: chain.to, isStart: false, partner: null }
    ends.push(start, end)
    endsOf.set(chain, { start, end })
  }
  ends.sort((a, b) => a.at - b.at)
  for (let i = 0; i + 1 < ends.length; i += 2) {
    ends[i]!.partner = ends[i + 1]!
    ends[i + 1]!.partner = ends[i]!
  }
  const rings: GridRings = []
  const open = new Set(chains)
  for (const first of chains) {
    if (!open.delete(first)) continue
    const ring: GridRing = [...first.points]
    let next = endsOf.get(first)!.end.partner!
    while (next.chain !== first && open.delete(next.chain)) {
      const { points } = next.chain
      for (let i = 0; i < points.length; i++) push(ring, points[next.isStart ? i : points.length - 1 - i]!)
      next = endsOf.get(next.chain)![next.isStart ? 'end' : 'start'].partner!
    }
    while (ring.length > 1 && ring[0]!.x === ring.at(-1)!.x && ring[0]!.y === ring.at(-1)!.y) ring.pop()
    if (ring.length > 2) rings.push(ring)
  }
  return rings
}

function push(ring: GridRing, point: GridPoint): void {
  const last = ring.at(-1)
  if (last === undefined || last.x !== point.x || last.y !== point.y) ring.push(point)
}
