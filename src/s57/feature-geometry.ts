import { createAreaBuilder } from './area-geometry.ts'
import type { CellStore } from './cell-store.ts'
import { appendChain, type Chain, createChain, mostPositions, setChain } from './edge-chain.ts'
import type { EdgeEnds } from './edge-ends.ts'
import type { PackedGeometry } from './packed-geometry.ts'
import { close, createPositionBuffer, open } from './position-buffer.ts'
import {
  CONNECTED_NODE,
  EDGE,
  type FeatureRecord,
  FSPT_WIDTH,
  ISOLATED_NODE,
  type Rows,
  SG2D_WIDTH,
  SG3D_WIDTH,
  type VectorRecord,
  VRPT_WIDTH,
  vectorName,
} from './records.ts'
import type { WorkBudget } from './work-budget.ts'

/** Turns the pointers of features into geometry. */
export interface GeometryAssembler {
  /**
   * The geometry of one feature in degrees, or null when it has none or none could be made. What was wrong goes to `warn`.
   * Throws S57Error when the budget is used up.
   */
  assemble(feature: FeatureRecord, budget: WorkBudget, warn: (message: string) => void): PackedGeometry | null
}

/** A real feature passes an edge at most twice (there and back); more would let a few bytes ask for any amount of memory. */
const mostUses = 2

const REVERSE = 2

/**
 * Builds an assembler over the records of a cell. `coordinateFactor` and `soundingFactor` are COMF and SOMF.
 */
export function createGeometryAssembler(
  store: CellStore,
  factors: { coordinateFactor: number; soundingFactor: number },
): GeometryAssembler {
  const { coordinateFactor, soundingFactor } = factors
  const isolated = store.vectors.get(ISOLATED_NODE)!
  const connected = store.vectors.get(CONNECTED_NODE)!
  const edges = store.vectors.get(EDGE)!
  const buffer = createPositionBuffer()
  const areas = createAreaBuilder(coordinateFactor, buffer)
  // Counts the features assembled, so that the uses of an edge by one feature are not taken for those of another.
  let serial = 0
  // The chains of the current feature are those of the one before, used again.
  const chains: Chain[] = []
  const spare: Chain[] = []

  function assemble(feature: FeatureRecord, budget: WorkBudget, warn: (message: string) => void): PackedGeometry | null {
    const { spatial } = feature
    if (spatial === null || spatial.count === 0 || feature.primitive === 255) return null
    serial++
    budget.spend(spatial.count)
    switch (feature.primitive) {
      case 1:
        return assemblePoints(spatial, budget, warn)
      case 2:
        return assembleLine(spatial, budget, warn)
      case 3:
        return areas.build(chainsOf(spatial, budget, warn), budget, warn)
      default:
        warn(`the geometric primitive is ${feature.primitive}; 1, 2, 3 and 255 are known`)
        return null
    }
  }

  /** The record an FSPT row points to, unless it is missing or was used too often. */
  function resolve(spatial: Rows, row: number, warn: (message: string) => void): VectorRecord | null {
    const at = spatial.start + row * FSPT_WIDTH
    const kind = spatial.view.getUint8(at)
    const id = spatial.view.getUint32(at + 1, true)
    const record = kind === EDGE ? edges.get(id) : store.vectors.get(kind)?.get(id)
    if (record === undefined) {
      warn(`${vectorName(kind, id)} is missing`)
      return null
    }
    if (record.usedBy !== serial) {
      record.usedBy = serial
      record.uses = 0
    }
    if (++record.uses > mostUses) {
      warn(`${vectorName(kind, id)} is named more than ${mostUses} times`)
      return null
    }
    return record
  }

  function assemblePoints(spatial: Rows, budget: WorkBudget, warn: (message: string) => void): PackedGeometry | null {
    const found: VectorRecord[] = []
    let count = 0
    let depths = false
    for (let row = 0; row < spatial.count; row++) {
      const record = resolve(spatial, row, warn)
      if (record?.coordinates == null) continue
      budget.spend(record.coordinates.count)
      if (record.depths) depths = true
      found.push(record)
      count += record.coordinates.count
    }
    if (count === 0) {
      warn('no position was found')
      return null
    }
    const width = depths ? 3 : 2
    const positions = new Float64Array(count * width)
    let to = 0
    for (const record of found) {
      const { view, start, count } = record.coordinates!
      const step = record.depths ? SG3D_WIDTH : SG2D_WIDTH
      for (let at = start; at < start + count * step; at += step) {
        positions[to] = view.getInt32(at + 4, true) / coordinateFactor
        positions[to + 1] = view.getInt32(at, true) / coordinateFactor
        if (depths) positions[to + 2] = record.depths ? view.getInt32(at + 8, true) / soundingFactor : Number.NaN
        to += width
      }
    }
    return { type: count === 1 && !depths ? 'Point' : 'MultiPoint', positions, width, paths: none, polygons: none }
  }

  /** The edges of a line or area, each in the direction the feature uses it. */
  function chainsOf(spatial: Rows, budget: WorkBudget, warn: (message: string) => void): Chain[] {
    while (chains.length > 0) spare.push(chains.pop()!)
    for (let row = 0; row < spatial.count; row++) {
      const at = spatial.start + row * FSPT_WIDTH
      const kind = spatial.view.getUint8(at)
      if (kind !== EDGE) {
        warn(`it points to ${vectorName(kind, spatial.view.getUint32(at + 1, true))} where an edge is needed`)
        continue
      }
      const edge = resolve(spatial, row, warn)
      if (edge === null) continue
      budget.spend(edge.coordinates?.count ?? 0)
      const ends = endsOf(edge, warn)
      if (ends === null) {
        warn(`${vectorName(EDGE, edge.id)} has fewer than two positions`)
        continue
      }
      const reverse = spatial.view.getUint8(at + 5) === REVERSE
      const usage = spatial.view.getUint8(at + 6)
      const chain = spare.pop()
      chains.push(chain === undefined ? createChain(edge, ends, reverse, usage) : setChain(chain, edge, ends, reverse, usage))
    }
    return chains
  }

  /** Finds the nodes of an edge once and keeps them with it: most edges belong to several features. */
  function endsOf(edge: VectorRecord, warn: (message: string) => void): EdgeEnds | null {
    if (edge.ends !== undefined) return edge.ends
    const begin = nodeOf(edge, 1, warn)
    const end = nodeOf(edge, 2, warn)
    const list = edge.coordinates
    const count = list?.count ?? 0
    const missing = (begin === null ? 1 : 0) + (end === null ? 1 : 0)
    if (count < missing) {
      edge.ends = null
      return null
    }
    // Without a node the line begins or ends with its own coordinates.
    const own = (i: number): number => list!.start + i * (edge.depths ? SG3D_WIDTH : SG2D_WIDTH)
    const beginAt = begin === null ? own(0) : begin.start
    const beginView = begin === null ? list!.view : begin.view
    const endAt = end === null ? own(count - 1) : end.start
    const endView = end === null ? list!.view : end.view
    edge.ends = {
      beginX: beginView.getInt32(beginAt + 4, true),
      beginY: beginView.getInt32(beginAt, true),
      endX: endView.getInt32(endAt + 4, true),
      endY: endView.getInt32(endAt, true),
      hasBegin: begin !== null,
      hasEnd: end !== null,
    }
    return edge.ends
  }

  /** The coordinates of the node an edge begins (1) or ends (2) at: TOPI says which, else the order of the pointers. */
  function nodeOf(edge: VectorRecord, end: 1 | 2, warn: (message: string) => void): Rows | null {
    const { pointers } = edge
    let at = -1
    if (pointers !== null) {
      for (let i = 0; i < pointers.count && i < 2 && at === -1; i++) {
        const row = pointers.start + i * VRPT_WIDTH
        if (pointers.view.getUint8(row + 7) === end) at = row
      }
      if (at === -1 && pointers.count >= end) {
        const row = pointers.start + (end - 1) * VRPT_WIDTH
        const topology = pointers.view.getUint8(row + 7)
        if (topology !== 1 && topology !== 2) at = row
      }
    }
    if (at === -1) {
      warn(`${vectorName(EDGE, edge.id)} has no ${end === 1 ? 'beginning' : 'end'} node`)
      return null
    }
    const kind = pointers!.view.getUint8(at)
    const id = pointers!.view.getUint32(at + 1, true)
    const node = kind === CONNECTED_NODE ? connected.get(id) : kind === ISOLATED_NODE ? isolated.get(id) : undefined
    const list = node?.coordinates
    if (list == null || list.count === 0) {
      warn(`${vectorName(kind, id)}, a node of ${vectorName(EDGE, edge.id)}, is missing`)
      return null
    }
    return list
  }

  /** Edges in the order of the feature; where one does not go on from the last, a new part begins. */
  function assembleLine(spatial: Rows, budget: WorkBudget, warn: (message: string) => void): PackedGeometry | null {
    const paths: number[] = []
    open(buffer, mostPositions(chainsOf(spatial, budget, warn)))
    let last: Chain | null = null
    for (const chain of chains) {
      const goesOn: boolean = last !== null && chain.firstX === last.lastX && chain.firstY === last.lastY
      if (!goesOn && last !== null) paths.push((buffer.length - buffer.start) / 2)
      appendChain(buffer, chain, coordinateFactor, goesOn)
      last = chain
    }
    if (last === null) {
      warn('no line could be made')
      return null
    }
    paths.push((buffer.length - buffer.start) / 2)
    const type = paths.length === 1 ? 'LineString' : 'MultiLineString'
    return { type, positions: close(buffer), width: 2, paths, polygons: none }
  }

  return { assemble }
}

const none: readonly number[] = []
