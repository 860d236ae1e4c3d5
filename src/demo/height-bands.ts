import type { Position } from '#s57/geometry.ts'
import { type Corner, gridSquares, type HeightGrid } from './height-grid.ts'
import { assemblePolygons, linkChains } from './link-edges.ts'
import { pairs } from './pairs.ts'

type Triangle = readonly [Corner, Corner, Corner]

/** The ground between two heights, and the contours along the lower one. */
export interface HeightBand {
  /** Null for the band below the lowest level. */
  low: number | null
  /** Null for the band above the highest level. */
  high: number | null
  /** Polygons with holes; rings are closed, exteriors counter-clockwise. */
  polygons: Position[][][]
  /** Lines along `low`, except on the rim of the grid; a closed one repeats its first position. */
  contours: Position[][]
}

/**
 * Cuts the grid into bands at the levels (ascending). The bands tile the grid: each square of the grid is two triangles, a band is the
 * union of their parts between its levels, and sides that two parts share cancel out. Neighbouring bands have identical vertices along
 * their boundary, and contours of different levels cannot cross.
 */
export function cutBands(grid: HeightGrid, levels: readonly number[]): HeightBand[] {
  const vertices = createVertices(grid, levels.length)
  const bands = Array.from({ length: levels.length + 1 }, (_, index) => ({
    index,
    low: levels[index - 1] ?? Number.NEGATIVE_INFINITY,
    high: levels[index] ?? Number.POSITIVE_INFINITY,
    edges: new Set<number>(),
  }))

  /** Returns the corners and crossings of a triangle within a band, in the triangle's order. */
  const partInBand = ([a, b, c]: Triangle, { index, low, high }: (typeof bands)[number]) => {
    const part: number[] = []
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const) {
      const [start, end] = [from.height, to.height]
      if (start > low && start < high) part.push(from.vertex)
      const atLow = start < low !== end < low ? [vertices.crossing(from, to, index - 1, low)] : []
      const atHigh = start < high !== end < high ? [vertices.crossing(from, to, index, high)] : []
      part.push(...(start < end ? [...atLow, ...atHigh] : [...atHigh, ...atLow]))
    }
    return part
  }

  const addTriangle = (...triangle: Triangle) => {
    const heights = triangle.map(({ height }) => height)
    const lowest = Math.min(...heights)
    const highest = Math.max(...heights)
    for (const band of bands) {
      if (highest < band.low || lowest > band.high) continue
      const isWhole = lowest > band.low && highest < band.high
      const part = isWhole ? triangle.map(({ vertex }) => vertex) : partInBand(triangle, band)
      const [first] = part
      if (first === undefined) continue
      for (const [from, to] of pairs([...part, first])) {
        // A side that two parts share cancels out.
        if (!band.edges.delete(vertices.edge(to, from))) band.edges.add(vertices.edge(from, to))
      }
    }
  }
  for (const [a, b, c, d] of gridSquares(grid)) {
    addTriangle(a, b, c)
    addTriangle(a, c, d)
  }

  return bands.map(({ index, low, high, edges }): HeightBand => {
    const next = new Map<number, number>()
    const along = new Map<number, number>()
    for (const edge of edges) {
      const [from, to] = vertices.ends(edge)
      next.set(from, to)
      if (index > 0 && vertices.levelOf(from) === index - 1 && vertices.levelOf(to) === index - 1) along.set(from, to)
    }
    const rings = linkChains(next).map((ring) => ring.filter((vertex) => !vertices.isPlainRim(vertex)).map(vertices.position))
    return {
      low: Number.isFinite(low) ? low : null,
      high: Number.isFinite(high) ? high : null,
      polygons: assemblePolygons(rings),
      contours: linkChains(along).map((chain) => chain.map(vertices.position)),
    }
  })
}

/** Numbers the vertices: the corners of the grid, then one per triangle side and level. */
function createVertices(grid: HeightGrid, levelCount: number) {
  const { columns, rows } = grid
  const corners = columns * rows
  const span = corners + corners * 3 * levelCount
  const crossings = new Map<number, Position>()
  return {
    /** Returns the vertex where the side between two corners has the height of a level. */
    crossing(a: Corner, b: Corner, level: number, height: number): number {
      const [low, high] = a.vertex < b.vertex ? [a, b] : [b, a]
      const step = high.vertex - low.vertex
      const side = step === 1 ? 0 : step === columns ? 1 : 2
      const vertex = corners + (low.vertex * 3 + side) * levelCount + level
      if (!crossings.has(vertex)) {
        const t = (height - low.height) / (high.height - low.height)
        const [startX = 0, startY = 0] = grid.position(low.vertex)
        const [endX = 0, endY = 0] = grid.position(high.vertex)
        crossings.set(vertex, [startX + (endX - startX) * t, startY + (endY - startY) * t])
      }
      return vertex
    },
    edge: (from: number, to: number) => from * span + to,
    ends: (edge: number): [number, number] => [Math.floor(edge / span), edge % span],
    levelOf: (vertex: number) => (vertex < corners ? null : (vertex - corners) % levelCount),
    position: (vertex: number): Position => crossings.get(vertex) ?? grid.position(vertex),
    /** Whether a vertex is a grid corner on the rim but not a corner of the box; it then lies on a straight line. */
    isPlainRim(vertex: number): boolean {
      if (vertex >= corners) return false
      const column = vertex % columns
      const row = (vertex - column) / columns
      const onSide = column === 0 || column === columns - 1
      const onEnd = row === 0 || row === rows - 1
      return onSide !== onEnd
    },
  }
}
