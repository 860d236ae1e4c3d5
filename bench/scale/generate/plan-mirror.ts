import { createRandom } from '#demo/noise.ts'
import { BAND_PLANS, type BandPlan, cellsPerBand } from './band-plans.ts'
import { type CoastPoint, coastPoints } from './coasts.ts'
import type { CellBox, MirrorPlan, PlannedCell } from './planned-cell.ts'

/** Units of a coordinate in a degree: corners that two cells share are the same number in both files. */
const UNITS = 10_000_000
/** No cell reaches further north or south. */
const HIGHEST_LATITUDE = 76
/** Share of the cells that are moved off the grid of their siblings, over a neighbour. */
const MOVED = 0.25
/** Share of the cells that have updates, as in NOAA's catalogue. */
const UPDATED = 0.3

/**
 * Lays `cells` cells along the invented coasts: band 1 at equal shares of the coasts, each finer cell inside a coarser one, those of one
 * parent side by side along the coast. Cells of different parents overlap, and a quarter of them overlap their siblings.
 */
export function planMirror(cells: number, seed: number, detail = 1): MirrorPlan {
  const random = createRandom(seed)
  const coast = coastPoints(seed)
  const counts = cellsPerBand(cells)
  const planned: PlannedCell[] = []
  let parents: PlannedCell[] = []
  for (const [i, plan] of BAND_PLANS.entries()) {
    const count = counts[i] ?? 0
    const places = i === 0 ? alongCoast(count, coast, plan, random) : insideParents(count, parents, coast, plan, random)
    const templates = templatesOf(plan, count)
    parents = places.map(({ box, parent }, number): PlannedCell => {
      const index = planned.length + number
      return {
        index,
        name: `XX${plan.band}${index.toString(36).toUpperCase().padStart(5, '0')}`,
        band: plan.band,
        box,
        parent,
        template: number % templates,
        edition: 10 + Math.floor(random() * 50),
        updates: random() < UPDATED ? 1 + Math.floor(random() ** 3 * 6) : 0,
      }
    })
    planned.push(...parents)
  }
  return { seed, detail, cells: planned }
}

/** Small mirrors take fewer geometries, so that a template is always used by several cells. */
function templatesOf({ templates, cells }: BandPlan, count: number): number {
  return Math.max(1, Math.min(templates, count, Math.ceil((templates * count) / cells) + 1))
}

interface Place {
  box: CellBox
  parent: number | null
}

function alongCoast(count: number, coast: readonly CoastPoint[], { side }: BandPlan, random: () => number): Place[] {
  return Array.from({ length: count }, (_, i): Place => {
    const [x, y] = coast[Math.floor(((i + 0.5) * coast.length) / count)] ?? [0, 0]
    const height = between(side, random())
    const width = Math.min(34, widthOf(height, y) * (1 + random() * 0.5))
    const west = x - width * (0.35 + random() * 0.3)
    const south = y - height * (0.35 + random() * 0.3)
    return { box: boxOf(west, south, width, height), parent: null }
  })
}

function insideParents(
  count: number,
  parents: readonly PlannedCell[],
  coast: readonly CoastPoint[],
  { side }: BandPlan,
  random: () => number,
): Place[] {
  const shores = parents.map(({ box }) => {
    const within = coast.filter(([x, y]) => x > box[0] && x < box[2] && y > box[1] && y < box[3])
    return within.length > 0 ? within : [[(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] as const]
  })
  const weights = shores.map((shore) => (0.5 + random()) * Math.sqrt(shore.length))
  return divide(count, weights).flatMap((children, i): Place[] => {
    const parent = parents[i]
    const shore = shores[i]
    if (parent === undefined || shore === undefined || children === 0) return []
    const height = between(side, random())
    return slots(parent.box, height, shore, children, random).map((box) => ({ box, parent: parent.index }))
  })
}

/** Whole numbers in proportion to the weights that add up to the count. */
function divide(count: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let given = 0
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    const share = Math.round((count * sum) / total) - given
    given += share
    return share
  })
}

/** Boxes of one height inside a parent: those of its grid that are nearest to the shore, and beyond these any. */
function slots(
  [west, south, east, north]: CellBox,
  height: number,
  shore: readonly CoastPoint[],
  count: number,
  random: () => number,
): CellBox[] {
  const width = Math.min(widthOf(height, (south + north) / 2), east - west)
  const tall = Math.min(height, north - south)
  const columns = Math.max(1, Math.floor((east - west) / width))
  const rows = Math.max(1, Math.floor((north - south) / tall))
  // A long shore is looked at in steps: which slots are near it does not need every point.
  const step = Math.ceil(shore.length / 40)
  const seen = shore.filter((_, i) => i % step === 0)
  const grid = Array.from({ length: columns * rows }, (_, i) => {
    const x = west + (i % columns) * width
    const y = south + Math.floor(i / columns) * tall
    const distance = Math.min(...seen.map(([a, b]) => Math.hypot((x + width / 2 - a) / width, (y + tall / 2 - b) / tall)))
    return { x, y, distance: distance + random() * 0.3 }
  }).toSorted((a, b) => a.distance - b.distance)
  return Array.from({ length: count }, (_, i): CellBox => {
    const slot = grid[i]
    const moved = slot === undefined || random() < MOVED
    const shift = (low: number, high: number, at: number, size: number) =>
      Math.min(
        high - size,
        Math.max(low, slot === undefined ? low + random() * (high - low - size) : at + (random() - 0.5) * size * 0.5),
      )
    const x = moved ? shift(west, east, slot?.x ?? west, width) : slot.x
    const y = moved ? shift(south, north, slot?.y ?? south, tall) : slot.y
    return boxOf(x, y, width, tall)
  })
}

const between = ([low, high]: readonly [number, number], share: number) => low + (high - low) * share
const widthOf = (height: number, latitude: number) => height / Math.cos((Math.min(72, Math.abs(latitude)) * Math.PI) / 180)
const units = (degrees: number) => Math.round(degrees * UNITS) / UNITS

function boxOf(west: number, south: number, width: number, height: number): CellBox {
  const bottom = Math.max(-HIGHEST_LATITUDE, Math.min(HIGHEST_LATITUDE - height, south))
  return [units(west), units(bottom), units(west + width), units(bottom + height)]
}
