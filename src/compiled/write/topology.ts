import { PART } from '../format/compiled-cell.ts'
import type { GeometryCollector } from './geometry-collector.ts'
import { createIntList, entries, type IntList, push } from './int-list.ts'
import { createPairTable, type PairTable } from './pair-table.ts'
import { assignVertexZooms } from './vertex-zooms.ts'

/** The paths of a cell, cut into stretches: every path that uses a stretch passes all of it. */
export interface Topology {
  /** Vertices of stretch i: `stretchXY[2 * stretchStart[i]]` up to `stretchStart[i + 1]`, both ends included. */
  stretchStart: Int32Array
  stretchXY: Int32Array
  stretchZoom: Uint8Array
  /** Stretches of each path: `stretch * 2`, plus 1 backwards. */
  pathStart: Int32Array
  pathStretches: Int32Array
  /** For each of \`pathStretches\`, bits of \`SEGMENT\`: how the path passes the stretch. */
  pathFlags: Uint8Array
}

/**
 * Finds the stretches that paths share, by position alone: a stretch ends where two paths diverge, where a
 * line ends, and where the flags of a path change. The edges of
 * the file would not do: a boundary that a producer has drawn twice is two edges there, and nodes within a line would stay at every
 * zoom. The vertices of a stretch get their zooms once, for all paths on it.
 */
export function buildTopology(collector: GeometryCollector): Topology {
  const { ids, count } = identify(entries(collector.xy))
  const junction = findJunctions(collector, ids, count)
  return cutAtJunctions(collector, ids, junction)
}

/** Numbers the distinct positions in the order of appearance. */
function identify(xy: Int32Array): { ids: Int32Array; count: number } {
  const positions = xy.length / 2
  const ids = new Int32Array(positions)
  let size = 16
  while (size < positions * 2) size *= 2
  const mask = size - 1
  /** Hash table: the position where an id first appeared, plus 1; 0 for a free slot. */
  const table = new Int32Array(size)
  let count = 0
  for (let i = 0; i < positions; i++) {
    const x = xy[i * 2]!
    const y = xy[i * 2 + 1]!
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    let at = (hash ^ (hash >>> 13)) & mask
    for (;;) {
      const found = table[at]! - 1
      if (found < 0) {
        table[at] = i + 1
        ids[i] = count++
        break
      }
      if (xy[found * 2] === x && xy[found * 2 + 1] === y) {
        ids[i] = ids[found]!
        break
      }
      at = (at + 1) & mask
    }
  }
  return { ids, count }
}

// The loops over the vertices of a path are functions of their own: V8 optimises a nested loop while it runs and discards the result when
// the inner loop ends, again for every cell.

/** Returns 1 for each position (by id) where a stretch must end. */
function findJunctions(collector: GeometryCollector, ids: Int32Array, count: number): Uint8Array {
  const found: Neighbours = {
    junction: new Uint8Array(count),
    oneSide: new Int32Array(count).fill(-1),
    otherSide: new Int32Array(count).fill(-1),
  }
  for (let path = 0; path < collector.pathCount(); path++) findJunctionsOf(path, collector, ids, found)
  return found.junction
}

/** By the id of a position. */
interface Neighbours {
  /** 1 where a stretch must end. */
  junction: Uint8Array
  /** The ids before and after it on the first path; -1 before one has passed. */
  oneSide: Int32Array
  otherSide: Int32Array
}

function findJunctionsOf(
  path: number,
  { pathStart, pathKind, flags }: GeometryCollector,
  ids: Int32Array,
  { junction, oneSide, otherSide }: Neighbours,
): void {
  const first = pathStart.data[path]!
  const last = pathStart.data[path + 1]! - 1
  const ring = pathKind.data[path] !== PART.line
  if (!ring) {
    junction[ids[first]!] = 1
    junction[ids[last]!] = 1
  }
  for (let i = ring ? first : first + 1; i <= (ring ? last : last - 1); i++) {
    const id = ids[i]!
    const before = ids[i === first ? last : i - 1]!
    const next = i === last ? first : i + 1
    const after = ids[next]!
    if (flags.data[i] !== flags.data[next]) junction[id] = 1
    if (oneSide[id] === -1) {
      oneSide[id] = before
      otherSide[id] = after
    } else if (!(oneSide[id] === before && otherSide[id] === after) && !(oneSide[id] === after && otherSide[id] === before)) {
      junction[id] = 1
    }
  }
}

/** Paths that are being cut, and the stretches found so far. */
interface Cutting {
  collector: GeometryCollector
  ids: Int32Array
  junction: Uint8Array
  stretchStart: IntList
  stretchXY: IntList
  outStart: IntList
  outStretches: IntList
  outFlags: IntList
  /** Stretches by their first two vertices, from either end: those two determine the rest. */
  known: PairTable
}

/** Cuts the paths at the junctions. */
function cutAtJunctions(collector: GeometryCollector, ids: Int32Array, junction: Uint8Array): Topology {
  const stretchXY = createIntList(Math.max(1_024, ids.length * 2))
  const lists = {
    stretchStart: createIntList(),
    outStart: createIntList(),
    outStretches: createIntList(),
    outFlags: createIntList(),
  }
  const cutting: Cutting = { collector, ids, junction, ...lists, stretchXY, known: createPairTable() }
  push(cutting.stretchStart, 0)
  push(cutting.outStart, 0)
  for (let path = 0; path < collector.pathCount(); path++) cut(cutting, path)
  const starts = entries(cutting.stretchStart)
  const positions = entries(stretchXY)
  const zooms = new Uint8Array(positions.length / 2)
  for (let i = 0; i + 1 < starts.length; i++) {
    assignVertexZooms(positions.subarray(starts[i]! * 2, starts[i + 1]! * 2), zooms.subarray(starts[i]!, starts[i + 1]!))
  }
  return {
    stretchStart: starts,
    stretchXY: positions,
    stretchZoom: zooms,
    pathStart: entries(cutting.outStart),
    pathStretches: entries(cutting.outStretches),
    pathFlags: Uint8Array.from(entries(cutting.outFlags)),
  }
}

function cut(cutting: Cutting, path: number): void {
  const { collector, ids, junction, outFlags } = cutting
  const { pathStart, pathKind, flags } = collector
  const first = pathStart.data[path]!
  const size = pathStart.data[path + 1]! - first
  const ring = pathKind.data[path] !== PART.line
  const begin = ring ? ringStart(ids, junction, first, size) : 0
  const steps = ring ? size : size - 1
  let from = 0
  for (let step = 1; step <= steps; step++) {
    if (step < steps && junction[ids[first + ((begin + step) % size)]!] === 0) continue
    push(outFlags, flags.data[first + ((begin + from + 1) % size)]!)
    addStretch(cutting, first, size, begin + from, step - from + 1)
    from = step
  }
  push(cutting.outStart, cutting.outStretches.length)
}

/** Appends to a path the stretch, new or known, over `length` of its positions from index `from` on. */
function addStretch(cutting: Cutting, first: number, size: number, from: number, length: number): void {
  const { ids, known, stretchStart, stretchXY, outStretches } = cutting
  const xy = cutting.collector.xy.data
  const one = ids[first + (from % size)]!
  const two = ids[first + ((from + 1) % size)]!
  const found = known.get(one, two)
  if (found !== -1) {
    push(outStretches, found)
    return
  }
  const stretch = stretchStart.length - 1
  for (let i = 0; i < length; i++) {
    const at = first + ((from + i) % size)
    push(stretchXY, xy[at * 2]!)
    push(stretchXY, xy[at * 2 + 1]!)
  }
  push(stretchStart, stretchXY.length / 2)
  known.set(ids[first + ((from + length - 1) % size)]!, ids[first + ((from + length - 2) % size)]!, stretch * 2 + 1)
  known.set(one, two, stretch * 2)
  push(outStretches, stretch * 2)
}

/** Returns where to begin a ring: at a junction, or else at a vertex that every ring over the same vertices chooses. */
function ringStart(ids: Int32Array, junction: Uint8Array, first: number, size: number): number {
  let lowest = 0
  for (let i = 0; i < size; i++) {
    if (junction[ids[first + i]!] === 1) return i
    if (ids[first + i]! < ids[first + lowest]!) lowest = i
  }
  return lowest
}

/** Calls `visit` for each vertex of a path in order, once where two stretches meet or a ring closes. */
export function visitPath(
  topology: Topology,
  path: number,
  ring: boolean,
  visit: (x: number, y: number, zoom: number) => void,
): void {
  const { stretchStart, stretchXY, stretchZoom, pathStretches } = topology
  for (let i = topology.pathStart[path]!; i < topology.pathStart[path + 1]!; i++) {
    const stretch = pathStretches[i]! >> 1
    const low = stretchStart[stretch]!
    const high = stretchStart[stretch + 1]! - 1
    const backwards = (pathStretches[i]! & 1) === 1
    const skipFirst = ring || i > topology.pathStart[path]! ? 1 : 0
    for (let step = skipFirst; step <= high - low; step++) {
      const at = backwards ? high - step : low + step
      visit(stretchXY[at * 2]!, stretchXY[at * 2 + 1]!, stretchZoom[at]!)
    }
  }
}
