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
  const bands = Array.from({ length: levels.length + 1 }, (_, index) => ({
    index,
    low: levels[index - 1] ?? Number.NEGATIVE_INFINITY,
    high: levels[index] ?? Number.POSITIVE_INFINITY,
    edges: new Set<number>(),
  }))

  /** The corners and crossings of a triangle within a band, in the triangle's order. */
  const partInBand = (corners: readonly number[], heights: readonly number[], { index, low, high }: (typeof bands)[number]) => {
    const part: number[] = []
    for (let k = 0; k < 3; k++) {
      const from = corners[k]!
      const to = corners[(k + 1) % 3]!
      const start = heights[k]!
      const end = heights[(k + 1) % 3]!
      if (start > low && start < high) part.push(from)
      const atLow = start < low !== end < low ? [vertices.crossing(from, to, index - 1, low)] : []
      const atHigh = start < high !== end < high ? [vertices.crossing(from, to, index, high)] : []
      part.push(...(start < end ? [...atLow, ...atHigh] : [...atHigh, ...atLow]))
    }
    return part
  }

  const addTriangle = (a: number, b: number, c: number) => {
    const corners = [a, b, c]
    const heights = corners.map((corner) => grid.heights[corner]!)
    const lowest = Math.min(heights[0]!, heights[1]!, heights[2]!)
    const highest = Math.max(heights[0]!, heights[1]!, heights[2]!)
    for (const band of bands) {
      if (highest < band.low || lowest > band.high) continue
      const part = lowest > band.low && highest < band.high ? corners : partInBand(corners, heights, band)
      for (let k = 0; k < part.length; k++) {
        const from = part[k]!
        const to = part[k + 1 < part.length ? k + 1 : 0]!
        if (!band.edges.delete(vertices.edge(to, from))) band.edges.add(vertices.edge(from, to))
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
