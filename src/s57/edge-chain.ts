import type { Position } from './geometry.ts'
import { SG2D_WIDTH, SG3D_WIDTH, type VectorRecord } from './records.ts'

/** The ends of an edge, as the integers of the file; an end whose node is missing is the first or last of its own coordinates. */
export interface EdgeEnds {
  beginX: number
  beginY: number
  endX: number
  endY: number
  /** Whether the edge has a node there, so that the position comes in addition to its own coordinates. */
  hasBegin: boolean
  hasEnd: boolean
}

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
}

/** The chain for an edge; `reverse` is ORNT 2. */
export function createChain(edge: VectorRecord, ends: EdgeEnds, reverse: boolean, usage: number): Chain {
  const { beginX, beginY, endX, endY } = ends
  if (reverse) return { edge, ends, reverse, firstX: endX, firstY: endY, lastX: beginX, lastY: beginY, usage }
  return { edge, ends, reverse, firstX: beginX, firstY: beginY, lastX: endX, lastY: endY, usage }
}

/** The same edge passed the other way. */
export function turnChain({ edge, ends, reverse, usage }: Chain): Chain {
  return createChain(edge, ends, !reverse, usage)
}

/** Appends the positions of a chain in degrees; without the first when the line already ends there. */
export function appendChain(positions: Position[], chain: Chain, factor: number, skipFirst: boolean): void {
  const { edge, ends, reverse } = chain
  const list = edge.coordinates
  const hasFirst = reverse ? ends.hasEnd : ends.hasBegin
  const hasLast = reverse ? ends.hasBegin : ends.hasEnd
  if (hasFirst && !skipFirst) positions.push([chain.firstX / factor, chain.firstY / factor])
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
      positions.push([view.getInt32(at + 4, true) / factor, view.getInt32(at, true) / factor])
      at += step
    }
  }
  if (hasLast) positions.push([chain.lastX / factor, chain.lastY / factor])
}
