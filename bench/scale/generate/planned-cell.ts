/** West, south, east, north in degrees; west of the antimeridian longitudes fall below -180, as in NOAA's cells. */
export type CellBox = readonly [west: number, south: number, east: number, north: number]

/** A cell before it is written: where it lies and which geometry it gets. */
export interface PlannedCell {
  /** Counts all cells from 0; also distinguishes their features (FIDS). */
  index: number
  /** Eight characters, the third of them the usage band. */
  name: string
  band: 1 | 2 | 3 | 4 | 5
  box: CellBox
  /** Index of the coarser cell it lies in, or null in band 1. */
  parent: number | null
  /** Which template of its band it is stamped from. */
  template: number
  /** Edition and number of updates on day 1. */
  edition: number
  updates: number
}

/** All cells of a mirror, coarsest band first. The same seed and number of cells give the same plan. */
export interface MirrorPlan {
  seed: number
  /** Factor of the sizes of all files: 1 for those of NOAA, less for tests. */
  detail: number
  cells: readonly PlannedCell[]
}
