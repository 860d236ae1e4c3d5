import { appendChain, type Chain, mostPositions } from './edge-chain.ts'
import type { PackedGeometry } from './packed-geometry.ts'
import { close, open, type PositionBuffer } from './position-buffer.ts'

/**
 * Joins edges to a line in the order of the feature; a new part begins where an edge does not start at the end of the last. Null, with
 * a warning, when there is no edge.
 */
export function buildLine(
  chains: readonly Chain[],
  factor: number,
  buffer: PositionBuffer,
  warn: (message: string) => void,
): PackedGeometry | null {
  const paths: number[] = []
  open(buffer, mostPositions(chains))
  let last: Chain | null = null
  for (const chain of chains) {
    const continues: boolean = last !== null && chain.firstX === last.lastX && chain.firstY === last.lastY
    if (!continues && last !== null) paths.push((buffer.length - buffer.start) / 2)
    appendChain(buffer, chain, factor, continues)
    last = chain
  }
  if (last === null) {
    warn('its edges form no line')
    return null
  }
  paths.push((buffer.length - buffer.start) / 2)
  const type = paths.length === 1 ? 'LineString' : 'MultiLineString'
  return { type, ...close(buffer), width: 2, paths, polygons: none }
}

const none: readonly number[] = []
