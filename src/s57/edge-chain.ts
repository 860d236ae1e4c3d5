import type { EdgeEnds } from './edge-ends.ts'
import type { PositionBuffer } from './position-buffer.ts'
import { SG2D_WIDTH, SG3D_WIDTH, type VectorRecord } from './records.ts'

/** One edge as a feature uses it: its ends in the direction of use, and USAG. Its positions are made only when a line needs them. */
export interface Chain {
  edge: VectorRecord
  ends: EdgeEnds
  reverse: boolean
  firstX: number
  firstY: number
  lastX: number
  lastY: number
  usage: number
  /** Bits of `SEGMENT`. */
  flags: number
}

/** The chain for an edge; `reverse` is ORNT 2. */
export function createChain(edge: VectorRecord, ends: EdgeEnds, reverse: boolean, usage: number): Chain {
  return setChain({ edge, ends, reverse, firstX: 0, firstY: 0, lastX: 0, lastY: 0, usage, flags: 0 }, edge, ends, reverse, usage)
}

/** Makes another chain of one that is not needed any more. */
export function setChain(chain: Chain, edge: VectorRecord, ends: EdgeEnds, reverse: boolean, usage: number): Chain {
  chain.edge = edge
  chain.ends = ends
  chain.reverse = reverse
  chain.usage = usage
  chain.firstX = reverse ? ends.endX : ends.beginX
  chain.firstY = reverse ? ends.endY : ends.beginY
  chain.lastX = reverse ? ends.beginX : ends.endX
  chain.lastY = reverse ? ends.beginY : ends.endY
  return chain
}

/** The same edge passed the other way. */
export function turnChain({ edge, ends, reverse, usage, flags }: Chain): Chain {
  const turned = createChain(edge, ends, !reverse, usage)
  turned.flags = flags
  return turned
}

/** How many positions the chains have at most, with one to close a ring. */
export function mostPositions(chains: readonly Chain[]): number {
  let most = 1
  for (const { edge } of chains) most += 2 + (edge.coordinates?.count ?? 0)
  return most
}

/** Appends the positions of a chain in degrees; without the first when the line already ends there. */
export function appendChain(buffer: PositionBuffer, chain: Chain, factor: number, skipFirst: boolean): void {
  const { edge, ends, reverse } = chain
  const list = edge.coordinates
  const hasFirst = reverse ? ends.hasEnd : ends.hasBegin
  const hasLast = reverse ? ends.hasBegin : ends.hasEnd
  const { data } = buffer
  let to = buffer.length
  if (hasFirst && !skipFirst) {
    data[to] = chain.firstX / factor
    data[to + 1] = chain.firstY / factor
    to += 2
  }
  if (list !== null) {
    const { view } = list
    const width = edge.depths ? SG3D_WIDTH : SG2D_WIDTH
    const step = reverse ? -width : width
    let count = list.count
    let at = reverse ? list.start + (count - 1) * width : list.start
    if (skipFirst && !hasFirst) {
      at += step
      count--
    }
    for (; count > 0; count--) {
      data[to] = view.getInt32(at + 4, true) / factor
      data[to + 1] = view.getInt32(at, true) / factor
      to += 2
      at += step
    }
  }
  if (hasLast) {
    data[to] = chain.lastX / factor
    data[to + 1] = chain.lastY / factor
    to += 2
  }
  buffer.flags.fill(chain.flags, buffer.length / 2, to / 2)
  buffer.hasFlags ||= chain.flags !== 0
  buffer.length = to
}
