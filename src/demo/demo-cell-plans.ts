import type { Box } from './height-grid.ts'
import { COASTAL, HARBOUR, OVERVIEW } from './scene-object.ts'

/** The plan of one cell of the invented coast. */
export interface CellPlan {
  name: string
  longName: string
  box: Box
  scale: number
  usageBand: number
  /** Corners of the height grid across and up. */
  columns: number
  rows: number
  /** Heights in metres between the depth bands, ascending; the last is the coastline. */
  levels: readonly number[]
  /** DRVAL2 of the deepest band. */
  deepest: number
  /** Kilometres between soundings. */
  soundingSpacing: number
}

/** The coastline is where the highest tides reach, this far above the lowest. */
export const COASTLINE = 1.5

const harbour = {
  scale: HARBOUR,
  usageBand: 5,
  columns: 251,
  rows: 221,
  levels: [-50, -30, -20, -15, -10, -5, -2, 0, COASTLINE],
  deepest: 100,
  soundingSpacing: 0.21,
}

export const CELL_PLANS: readonly CellPlan[] = [
  {
    name: 'XX2DEMOA',
    longName: 'Isle of Marrow and outlying islands (invented)',
    box: [-37, 41.5, -33, 44.5],
    scale: OVERVIEW,
    usageBand: 2,
    columns: 321,
    rows: 301,
    levels: [-4000, -3000, -2000, -1000, -500, -200, -100, -50, -20, COASTLINE],
    deepest: 5500,
    soundingSpacing: 11,
  },
  {
    name: 'XX3DEMOA',
    longName: 'Isle of Marrow (invented)',
    box: [-35.35, 42.78, -34.65, 43.22],
    scale: COASTAL,
    usageBand: 3,
    columns: 281,
    rows: 221,
    levels: [-200, -100, -50, -30, -20, -10, -5, 0, COASTLINE],
    deepest: 500,
    soundingSpacing: 1.35,
  },
  { ...harbour, name: 'XX5DEMOA', longName: 'Quillon Harbour (invented)', box: [-34.995, 42.92, -34.92, 42.975] },
  { ...harbour, name: 'XX5DEMOB', longName: 'Quillon Head (invented)', box: [-34.92, 42.92, -34.845, 42.975] },
  { ...harbour, name: 'XX5DEMOC', longName: 'Quillon Bay (invented)', box: [-34.92, 42.865, -34.845, 42.92] },
]
