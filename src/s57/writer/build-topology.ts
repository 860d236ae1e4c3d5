import type { Position } from '../geometry.ts'
import type { AttributeSpec, VectorRecordSpec } from './cell-spec.ts'

/** A line or ring of a feature. A ring repeats its first position at the end. */
export interface Path {
  positions: readonly Position[]
  closed: boolean
  /** Of its edges. */
  attributes?: AttributeSpec | undefined
}

/** An edge as a path uses it. */
export interface PathEdge {
  id: number
  forward: boolean
  /** Whether the whole edge runs along the data limit. */
  onLimit: boolean
}

export interface Topology {
  /** Connected nodes, then edges. */
  vectors: VectorRecordSpec[]
  /** The edges of each path, in the order of the paths. */
  paths: PathEdge[][]
  /** Returns the connected node at a position, or null. */
  nodeAt(position: Position): number | null
}

export interface TopologyOptions {
  /** COMF. Positions that round to the same units are equal. */
  coordinateFactor: number
  /** West, south, east, north in degrees. */
  dataLimit?: readonly [number, number, number, number] | undefined
  /** Number of the first connected node and of the first edge. */
  firstId: number
}

/**
 * Splits paths into the edges and connected nodes of the chain-node level (S-57 part 3, clause 2.2.1.2). Paths through the same
 * vertices share edges, in either direction. A vertex on a north-south or east-west segment of another path is first inserted into
 * that path, so that areas at the border of the cell share edges with the coverage.
 */
export function buildTopology(paths: readonly Path[], options: TopologyOptions): Topology {
  const grid = createGrid(options)
  const given = paths.map((path) => toVertices(path, grid))
  const inserted = insertVertices(given, grid)
  const isJunction = findJunctions(inserted, grid)

  const nodes = new Map<number, number>()
  const edges = new Map<string, { id: number; first: number; second: number; onLimit: boolean; vector: VectorRecordSpec }>()
  const nodeVectors: VectorRecordSpec[] = []
  const edgeVectors: VectorRecordSpec[] = []
  const nodeOf = (vertex: number): number => {
    let id = nodes.get(vertex)
    if (id === undefined) {
      id = options.firstId + nodes.size
      nodes.set(vertex, id)
      nodeVectors.push({ kind: 120, id, coordinates: [grid.position(vertex)] })
    }
    return id
  }
  const edgeOf = (chain: readonly number[], attributes: AttributeSpec | undefined): PathEdge => {
    const backward = chain.toReversed()
    const forwardKey = chain.join(' ')
    const found = edges.get(forwardKey) ?? edges.get(backward.join(' '))
    if (found !== undefined) {
      if (attributes !== undefined) found.vector.attributes ??= attributes
      // A ring begins and ends at one node, so only the next vertex shows its direction.
      return { id: found.id, forward: found.first === chain[0] && found.second === chain[1], onLimit: found.onLimit }
    }
    const id = options.firstId + edges.size
    const onLimit = chain.every((vertex, i) => i === 0 || grid.onLimit(chain[i - 1]!, vertex))
    const vector: VectorRecordSpec = {
      kind: 130,
      id,
      pointers: [
        { kind: 120, id: nodeOf(chain[0]!), topology: 1 },
        { kind: 120, id: nodeOf(chain.at(-1)!), topology: 2 },
      ],
      coordinates: chain.slice(1, -1).map((vertex) => grid.position(vertex)),
      ...(attributes === undefined ? {} : { attributes }),
    }
    edges.set(forwardKey, { id, first: chain[0]!, second: chain[1]!, onLimit, vector })
    edgeVectors.push(vector)
    return { id, forward: true, onLimit }
  }

  const cut = inserted.map(({ vertices, closed }, path) => {
    const start = closed ? startOfRing(vertices, isJunction) : 0
    const around = closed ? [...vertices.slice(start), ...vertices.slice(0, start), vertices[start]!] : vertices
    const result: PathEdge[] = []
    let from = 0
    for (let i = 1; i < around.length; i++) {
      if (i < around.length - 1 && !isJunction.has(around[i]!)) continue
      result.push(edgeOf(around.slice(from, i + 1), paths[path]!.attributes))
      from = i
    }
    return result
  })
  return {
    vectors: [...nodeVectors, ...edgeVectors],
    paths: cut,
    nodeAt: (position) => nodes.get(grid.vertex(position)) ?? null,
  }
}

/** A path as vertex numbers; a ring does not repeat its first vertex. */
interface VertexPath {
  vertices: number[]
  closed: boolean
}

type Grid = ReturnType<typeof createGrid>

/** Rounds positions to the units of the file and numbers them. */
function createGrid({ coordinateFactor, dataLimit }: TopologyOptions) {
  const numbers = new Map<string, number>()
  const xs: number[] = []
  const ys: number[] = []
  const limit = dataLimit?.map((degrees) => Math.round(degrees * coordinateFactor))
  return {
    xs,
    ys,
    vertex([longitude = 0, latitude = 0]: Position): number {
      const x = Math.round(longitude * coordinateFactor)
      const y = Math.round(latitude * coordinateFactor)
      const key = `${x} ${y}`
      let number = numbers.get(key)
      if (number === undefined) {
        number = xs.length
        numbers.set(key, number)
        xs.push(x)
        ys.push(y)
      }
      return number
    },
    position: (vertex: number): Position => [xs[vertex]! / coordinateFactor, ys[vertex]! / coordinateFactor],
    onLimit(a: number, b: number): boolean {
      if (limit === undefined) return false
      const [west, south, east, north] = limit
      const along = (values: number[], value: number | undefined) => values[a] === value && values[b] === value
      return along(xs, west) || along(xs, east) || along(ys, south) || along(ys, north)
    },
  }
}

function toVertices({ positions, closed }: Path, grid: Grid): VertexPath {
  const vertices = positions.map((position) => grid.vertex(position))
  const distinct = vertices.filter((vertex, i) => i === 0 || vertex !== vertices[i - 1])
  if (closed && distinct.length > 1 && distinct[0] === distinct.at(-1)) distinct.pop()
  if (distinct.length < (closed ? 3 : 2)) {
    throw new Error(
      `a ${closed ? 'ring' : 'line'} has only ${distinct.length} different positions, beginning ${JSON.stringify(positions[0])}`,
    )
  }
  return { vertices: distinct, closed }
}

function insertVertices(paths: readonly VertexPath[], { xs, ys }: Grid): VertexPath[] {
  const byX = groupSorted(xs, ys)
  const byY = groupSorted(ys, xs)
  const between = (a: number, b: number): number[] => {
    const [group, along] = xs[a] === xs[b] ? [byX.get(xs[a]!), ys] : ys[a] === ys[b] ? [byY.get(ys[a]!), xs] : [undefined, xs]
    if (group === undefined) return []
    const low = Math.min(along[a]!, along[b]!)
    const high = Math.max(along[a]!, along[b]!)
    const found = group.filter((vertex) => along[vertex]! > low && along[vertex]! < high)
    return along[a]! < along[b]! ? found : found.toReversed()
  }
  return paths.map(({ vertices, closed }) => {
    const result: number[] = []
    for (const [i, vertex] of vertices.entries()) {
      result.push(vertex)
      const next = vertices[i + 1] ?? (closed ? vertices[0] : undefined)
      if (next !== undefined) result.push(...between(vertex, next))
    }
    return { vertices: result, closed }
  })
}

/** Groups vertex numbers by one coordinate and sorts each group by the other. */
function groupSorted(coordinates: readonly number[], order: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const [vertex, coordinate] of coordinates.entries()) {
    const group = groups.get(coordinate)
    if (group === undefined) groups.set(coordinate, [vertex])
    else group.push(vertex)
  }
  for (const group of groups.values()) group.sort((a, b) => order[a]! - order[b]!)
  return groups
}

/** Returns the vertices where edges end: ends of lines, and vertices where paths diverge, join, or leave the data limit. */
function findJunctions(paths: readonly VertexPath[], grid: Grid): Set<number> {
  const junctions = new Set<number>()
  const neighbours = new Map<number, [number, number]>()
  for (const { vertices, closed } of paths) {
    for (const [i, vertex] of vertices.entries()) {
      const before = vertices[i - 1] ?? (closed ? vertices.at(-1) : undefined)
      const after = vertices[i + 1] ?? (closed ? vertices[0] : undefined)
      if (before === undefined || after === undefined) {
        junctions.add(vertex)
        continue
      }
      const known = neighbours.get(vertex)
      if (known === undefined) neighbours.set(vertex, [before, after])
      else if (!(known[0] === before && known[1] === after) && !(known[0] === after && known[1] === before)) junctions.add(vertex)
      if (grid.onLimit(before, vertex) !== grid.onLimit(vertex, after)) junctions.add(vertex)
    }
  }
  return junctions
}

/** Returns where a ring begins: at a junction, or else at its lowest vertex, so that equal rings become one edge. */
function startOfRing(vertices: readonly number[], junctions: ReadonlySet<number>): number {
  const at = vertices.findIndex((vertex) => junctions.has(vertex))
  return at === -1 ? vertices.indexOf(Math.min(...vertices)) : at
}
