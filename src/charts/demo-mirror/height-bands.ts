import type { Position } from '#s57/geometry.ts'
import type { HeightGrid } from './height-grid.ts'
import { assemblePolygons, linkChains } from './link-edges.ts'

/** All places between two heights, and the contours along the lower one. */
export interface HeightBand {
  /** Null for the band below the lowest level. */
  low: number | null
  /** Null for the band above the highest level. */
  high: number | null
  /** Polygons with holes, rings closed, the outer one counter-clockwise. */
  polygons: Position[][][]
  /** Lines along `low`, without the rim of the grid; a closed one repeats its first position. */
  contours: Position[][]
}

/**
 * Cuts the grid into bands at the levels (ascending). The bands tile the grid: each cell of the grid is two triangles, a band
 * is the triangles' parts between its levels, and sides that two parts share cancel out. Neighbouring bands have the very
 * same vertices along their common boundary, and contours of different levels cannot cross.
 */
export function cutBands(grid: HeightGrid, levels: readonly number[]): HeightBand[] {
  const vertices = createVertices(grid, levels.length)
  const bands = Array.from({ length: levels.length + 1 }, (_, i) => ({
    low: levels[i - 1] ?? Number.NEGATIVE_INFINITY,
    high: levels[i] ?? Number.POSITIVE_INFINITY,
    edges: new Set<number>(),
  }))

  const addTriangle = (a: number, b: number, c: number) => {
    const corners = [a, b, c]
    const heights = corners.map((corner) => grid.heights[corner]!)
    const lowest = Math.min(...heights)
    const highest = Math.max(...heights)
    for (const [i, band] of bands.entries()) {
      if (highest < band.low || lowest > band.high) continue
      const part: number[] = []
      for (let k = 0; k < 3; k++) {
        const from = corners[k]!
        const to = corners[(k + 1) % 3]!
        const start = heights[k]!
        const end = heights[(k + 1) % 3]!
        if (start > band.low && start < band.high) part.push(from)
        const crossings: [height: number, vertex: number][] = []
        if (start < band.low !== end < band.low) crossings.push([band.low, vertices.crossing(from, to, i - 1, band.low)])
        if (start < band.high !== end < band.high) crossings.push([band.high, vertices.crossing(from, to, i, band.high)])
        if (crossings.length === 2 && start > end) crossings.reverse()
        for (const [, vertex] of crossings) part.push(vertex)
      }
      for (const [k, vertex] of part.entries()) {
        const next = part[(k + 1) % part.length]!
        if (!band.edges.delete(vertices.edge(next, vertex))) band.edges.add(vertices.edge(vertex, next))
      }
    }
  }
  for (let row = 0; row + 1 < grid.rows; row++) {
    for (let column = 0; column + 1 < grid.columns; column++) {
      const corner = row * grid.columns + column
      const above = corner + grid.columns
      addTriangle(corner, corner + 1, above + 1)
      addTriangle(corner, above + 1, above)
    }
  }

  return bands.map(({ low, high, edges }, i): HeightBand => {
    const next = new Map<number, number>()
    const along = new Map<number, number>()
    for (const edge of edges) {
      const [from, to] = vertices.ends(edge)
      next.set(from, to)
      if (i > 0 && vertices.levelOf(from) === i - 1 && vertices.levelOf(to) === i - 1) along.set(from, to)
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

/** Numbers the vertices: corners of the grid by their own number, then one for each side of a triangle and level. */
function createVertices(grid: HeightGrid, levelCount: number) {
  const { columns, rows, heights } = grid
  const corners = columns * rows
  const span = corners + corners * 3 * levelCount
  const crossings = new Map<number, Position>()
  return {
    /** Where the side between two corners has the height of a level. */
    crossing(a: number, b: number, level: number, height: number): number {
      const low = Math.min(a, b)
      const step = Math.max(a, b) - low
      const side = step === 1 ? 0 : step === columns ? 1 : 2
      const vertex = corners + (low * 3 + side) * levelCount + level
      if (!crossings.has(vertex)) {
        const high = low + step
        const t = (height - heights[low]!) / (heights[high]! - heights[low]!)
        const [startX = 0, startY = 0] = grid.position(low)
        const [endX = 0, endY = 0] = grid.position(high)
        crossings.set(vertex, [startX + (endX - startX) * t, startY + (endY - startY) * t])
      }
      return vertex
    },
    edge: (from: number, to: number) => from * span + to,
    ends: (edge: number): [number, number] => [Math.floor(edge / span), edge % span],
    levelOf: (vertex: number) => (vertex < corners ? null : (vertex - corners) % levelCount),
    position: (vertex: number): Position => crossings.get(vertex) ?? grid.position(vertex),
    /** True for corners of the grid on its rim that are not corners of the box: they lie on a straight line. */
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
