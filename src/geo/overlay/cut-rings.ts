import { type GridBox, type GridPoint, type GridRing, type GridRings, gridBoxOf } from './grid.ts'

interface Chain {
  points: GridRing
  /** Where it begins and ends on the line, before rounding. */
  from: number
  to: number
}

interface ChainEnd {
  chain: Chain
  at: number
  isStart: boolean
}

/**
 * The part of an area within a box, by the even-odd rule over all its rings: exact but for the rounding of crossings.
 *
 * One side after the other. Each ring is parted into chains that begin and end on the side's line; along the line their ends are,
 * in order, where the area begins and stops, so neighbours in that order are joined. No edges are left that run over each other
 * along the box.
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

/** Keeps what lies at a line across `axis` or beyond it in the direction `sign`. */
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
        // The last step comes back to the first point, from the side that is not kept unless all the rest was kept.
        const outside = i < ring.length ? point : ring.at(begin - 1)!
        chain.to = crossing(before, outside)
        push(chain.points, onLine(chain.to))
        chains.push(chain)
        chain = null
      }
      before = point
    }
  }
  return [...whole, ...join(chains)]
}

function join(chains: readonly Chain[]): GridRings {
  const ends: ChainEnd[] = chains
    .flatMap((chain) => [
      { chain, at: chain.from, isStart: true },
      { chain, at: chain.to, isStart: false },
    ])
    .sort((a, b) => a.at - b.at)
  const partners = new Map<Chain, { start: ChainEnd; end: ChainEnd }>(
    chains.map((chain) => [chain, { start: null as unknown as ChainEnd, end: null as unknown as ChainEnd }]),
  )
  const pair = (end: ChainEnd, other: ChainEnd) => {
    partners.get(end.chain)![end.isStart ? 'start' : 'end'] = other
  }
  for (let i = 0; i + 1 < ends.length; i += 2) {
    pair(ends[i]!, ends[i + 1]!)
    pair(ends[i + 1]!, ends[i]!)
  }
  const rings: GridRings = []
  const open = new Set(chains)
  for (const first of chains) {
    if (!open.delete(first)) continue
    const ring: GridRing = [...first.points]
    let next = partners.get(first)!.end
    while (next.chain !== first && open.delete(next.chain)) {
      const { points } = next.chain
      for (let i = 0; i < points.length; i++) push(ring, points[next.isStart ? i : points.length - 1 - i]!)
      next = partners.get(next.chain)![next.isStart ? 'end' : 'start']
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
