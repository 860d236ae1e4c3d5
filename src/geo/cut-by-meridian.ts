import { doubleArea, type Polygon, type Position, type Ring, ringSide } from './polygon.ts'

/** A run of vertices on the kept side; its two ends lie on the meridian. */
interface Chain {
  positions: Position[]
}

interface ChainEnd {
  chain: Chain
  latitude: number
  start: boolean
}

/**
 * Returns the part of a polygon east or west of a meridian, as polygons with their holes. Positions in degrees.
 *
 * The rings are cut into chains that begin and end on the meridian. Sorted by latitude, those ends alternately enter and leave the
 * interior, so each pair is joined; clipping ring by ring would tie the pieces of a concave polygon together along the meridian. A
 * vertex on the meridian counts as east of it, which keeps the number of crossings even.
 */
export function cutByMeridian(polygon: Polygon, meridian: number, side: 'east' | 'west'): Polygon[] {
  const kept = (position: Position) => position[0]! >= meridian === (side === 'east')
  const whole: Ring[] = []
  const chains: Chain[] = []
  for (const ring of polygon) {
    if (ring.every(kept)) whole.push(ring)
    else if (ring.some(kept)) chains.push(...chainsOf(ring, meridian, kept))
  }
  const joined = joinChains(chains).filter((ring) => ring.length >= 4 && doubleArea(ring) !== 0)
  const outerKept = polygon[0] !== undefined && whole[0] === polygon[0]
  // A joined ring touches the meridian, so it is never a hole.
  const exteriors = outerKept ? [whole[0]!, ...joined] : joined
  const holes = outerKept ? whole.slice(1) : whole
  return exteriors.map((exterior) => [exterior, ...holes.filter((hole) => liesIn(hole, exterior))])
}

function chainsOf(ring: Ring, meridian: number, kept: (position: Position) => boolean): Chain[] {
  const open = ring.slice(0, -1)
  // Begin where the ring enters the kept side, so no chain wraps around the end of the list.
  const begin = open.findIndex((position, i) => kept(position) && !kept(open.at(i - 1)!))
  const chains: Chain[] = []
  let chain: Chain | null = null
  for (let i = 0; i < open.length; i++) {
    const position = open[(begin + i) % open.length]!
    const previous = open.at(((begin + i) % open.length) - 1)!
    if (kept(position)) {
      if (chain === null) chain = { positions: [crossing(previous, position, meridian)] }
      chain.positions.push(position)
    } else if (chain !== null) {
      chain.positions.push(crossing(previous, position, meridian))
      chains.push(chain)
      chain = null
    }
  }
  if (chain !== null) {
    chain.positions.push(crossing(open.at(begin - 1)!, open[begin]!, meridian))
    chains.push(chain)
  }
  return chains
}

function crossing(a: Position, b: Position, meridian: number): Position {
  const [x1, y1] = a as [number, number]
  const [x2, y2] = b as [number, number]
  if (x1 === meridian) return a
  if (x2 === meridian) return b
  return [meridian, y1 + ((meridian - x1) * (y2 - y1)) / (x2 - x1)]
}

function joinChains(chains: Chain[]): Ring[] {
  const ends: ChainEnd[] = chains
    .flatMap((chain) => [
      { chain, latitude: chain.positions[0]![1]!, start: true },
      { chain, latitude: chain.positions.at(-1)![1]!, start: false },
    ])
    .sort((a, b) => a.latitude - b.latitude)
  const partner = new Map<string, ChainEnd>()
  const numbers = new Map(chains.map((chain, number) => [chain, number]))
  const nameOf = (chain: Chain, start: boolean) => `${numbers.get(chain)} ${start}`
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [low, high] = [ends[i]!, ends[i + 1]!]
    partner.set(nameOf(low.chain, low.start), high)
    partner.set(nameOf(high.chain, high.start), low)
  }
  const rings: Ring[] = []
  const left = new Set(chains)
  for (const first of chains) {
    if (!left.delete(first)) continue
    const ring: Position[] = [...first.positions]
    let at = partner.get(nameOf(first, false))
    while (at !== undefined && at.chain !== first && left.delete(at.chain)) {
      ring.push(...(at.start ? at.chain.positions : [...at.chain.positions].reverse()))
      at = partner.get(nameOf(at.chain, !at.start))
    }
    ring.push(ring[0]!)
    rings.push(withoutRepeats(ring))
  }
  return rings
}

function withoutRepeats(ring: Ring): Ring {
  return ring.filter((position, i) => i === 0 || position[0] !== ring[i - 1]![0] || position[1] !== ring[i - 1]![1])
}

function liesIn(hole: Ring, exterior: Ring): boolean {
  const decisive = hole.map((position) => ringSide(position, exterior)).find((where) => where !== 'boundary')
  return decisive === 'inside'
}
