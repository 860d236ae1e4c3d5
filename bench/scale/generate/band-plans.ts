/** What the cells of one usage band have in common. Figures follow NOAA's catalogue and its 28 cells of the small mirror. */
export interface BandPlan {
  band: 1 | 2 | 3 | 4 | 5
  /** Cells of the band among 6,945. */
  cells: number
  /** Smallest and largest height of a cell in degrees; its width is the same distance on the ground. */
  side: readonly [low: number, high: number]
  /** Compilation scales, the frequent ones repeated. */
  scales: readonly number[]
  /** Median of the size of the S-57 file in bytes. Sizes spread about it as in NOAA's mirror, the largest about ten times the median. */
  medianBytes: number
  /** Heights in metres between depth areas, ascending; the last is the coastline. */
  levels: readonly number[]
  /** DRVAL2 of the deepest band. */
  deepest: number
  /** Different geometries among all cells of the band. */
  templates: number
}

const COASTLINE = 1.5
const harbour = [-50, -30, -20, -15, -10, -5, -2, 0, COASTLINE]

export const BAND_PLANS: readonly BandPlan[] = [
  {
    band: 1,
    cells: 30,
    side: [8, 16],
    scales: [3_500_000, 1_500_000, 1_500_000],
    medianBytes: 1_400_000,
    levels: [-5000, -4000, -3000, -2000, -1000, -200, -100, COASTLINE],
    deepest: 8000,
    templates: 10,
  },
  {
    band: 2,
    cells: 90,
    side: [3, 6],
    scales: [700_000, 1_000_000, 350_000],
    medianBytes: 800_000,
    levels: [-4000, -3000, -2000, -1000, -500, -200, -100, -50, -20, COASTLINE],
    deepest: 5500,
    templates: 15,
  },
  {
    band: 3,
    cells: 260,
    side: [1.2, 2.4],
    scales: [180_000, 350_000, 200_000],
    medianBytes: 700_000,
    levels: [-500, -200, -100, -50, -30, -20, -10, -5, COASTLINE],
    deepest: 1000,
    templates: 26,
  },
  {
    band: 4,
    cells: 1_620,
    side: [0.3, 0.6],
    scales: [90_000, 90_000, 80_000, 45_000, 45_000, 40_000],
    medianBytes: 330_000,
    levels: [-200, -100, -50, -30, -20, -10, -5, 0, COASTLINE],
    deepest: 500,
    templates: 54,
  },
  {
    band: 5,
    cells: 4_945,
    side: [0.1, 0.2],
    scales: [12_000, 12_000, 22_000, 22_000, 20_000, 10_000, 4_000],
    medianBytes: 160_000,
    levels: harbour,
    deepest: 100,
    templates: 99,
  },
]

/** Cells of each band when there are `total` in all, at least one of each. @throws RangeError for fewer than five. */
export function cellsPerBand(total: number): number[] {
  if (!Number.isInteger(total) || total < BAND_PLANS.length) throw new RangeError('at least one cell per usage band: --cells 5')
  const all = BAND_PLANS.reduce((sum, { cells }) => sum + cells, 0)
  const counts = BAND_PLANS.map(({ cells }) => Math.max(1, Math.round((cells * total) / all)))
  // Rounding goes to the band with most cells.
  counts[4] = total - counts.slice(0, 4).reduce((sum, count) => sum + count, 0)
  return counts
}
