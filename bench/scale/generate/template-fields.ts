import type { HeightGrid } from '#demo/height-grid.ts'
import { createRandom, fractalNoise } from '#demo/noise.ts'
import type { BandPlan } from './band-plans.ts'

/** How the covered ground of a cell lies in its box. */
export type CoverageKind = 'box' | 'outline' | 'insets' | 'holed'

/** No corner of a grid may have exactly the height of a level, or contours would touch it. */
const CLEARANCE = 1e-3

/** A value at each place of a template's box; both coordinates run from 0 to 1. */
export type Field = (x: number, y: number) => number

/** Heights in metres: a coast across the box with bays, islands and channels. */
export function reliefField({ deepest, levels }: BandPlan, seed: number): Field {
  const random = createRandom(seed)
  const direction = random() * 2 * Math.PI
  const [dx, dy] = [Math.cos(direction), Math.sin(direction)]
  const wet = 0.25 + random() * 0.5
  const roughness = 2 + random() * 2
  const coastline = levels.at(-1) ?? 0
  return (x, y) => {
    const tilt = (x - 0.5) * dx + (y - 0.5) * dy - (wet - 0.5)
    const ground = tilt * 1.1 + 0.75 * fractalNoise(x * roughness, y * roughness, seed, 7)
    return ground > 0 ? coastline + 300 * ground * ground + 8 * ground : coastline - deepest * Math.min(0.99, -ground) ** 1.6
  }
}

/** Positive where the cell covers the ground. Null when it covers its whole box. */
export function coverageField(kind: CoverageKind, seed: number): Field | null {
  const random = createRandom(seed ^ 0x5eed)
  const wander = (x: number, y: number, size: number) => size * fractalNoise(x * 4, y * 4, seed + 77, 5)
  const discs = (count: number, low: number, high: number) =>
    Array.from({ length: count }, (_, i) => ({
      // Each in its own part of the box.
      x: (i + 0.35 + 0.3 * random()) / count,
      y: 0.25 + 0.5 * random(),
      radius: low + (high - low) * random(),
    }))
  switch (kind) {
    case 'box':
      return null
    case 'outline':
      return (x, y) => 0.44 - Math.hypot(x - 0.5, y - 0.5) + wander(x, y, 0.3)
    case 'insets': {
      const parts = discs(2 + Math.floor(random() * 3), 0.08, 0.14)
      return (x, y) => Math.max(...parts.map((part) => part.radius - Math.hypot(x - part.x, y - part.y))) + wander(x, y, 0.05)
    }
    case 'holed': {
      const holes = discs(1 + Math.floor(random() * 3), 0.06, 0.13)
      return (x, y) => Math.min(...holes.map((hole) => Math.hypot(x - hole.x, y - hole.y) - hole.radius)) + wander(x, y, 0.04)
    }
  }
}

/** Samples a field over a square of `side` degrees from [0, 0], `count` corners each way. */
export function sampleField(field: Field, count: number, side: number, levels: readonly number[]): HeightGrid {
  const heights = new Float64Array(count * count)
  for (let corner = 0; corner < heights.length; corner++) {
    const column = corner % count
    let height = field(column / (count - 1), Math.floor(corner / count) / (count - 1))
    for (const level of levels) if (Math.abs(height - level) < CLEARANCE) height = level + CLEARANCE
    heights[corner] = height
  }
  return {
    box: [0, 0, side, side],
    columns: count,
    rows: count,
    heights,
    position: (corner) => [((corner % count) * side) / (count - 1), (Math.floor(corner / count) * side) / (count - 1)],
  }
}
