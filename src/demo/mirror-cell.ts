import type { CellFile } from '#s57/cell.ts'
import type { Position } from '#s57/geometry.ts'

/** A cell as a NOAA-shaped product catalogue lists it, with the files of its zip. */
export interface MirrorCell {
  name: string
  longName: string
  /** The denominator: 12,000. */
  scale: number
  status: 'Active' | 'Cancelled'
  edition: number
  updateNumber: number
  /** `YYYY-MM-DD`. */
  updateApplicationDate: string
  issueDate: string
  /** When the zip was made, ISO 8601 in UTC: `2026-01-01T05:00:00Z`. */
  zipDate: string
  /** Closed rings in degrees, [longitude, latitude]; interior ones are holes. A cancelled cell has none. */
  panels: readonly { type: 'exterior' | 'interior'; ring: readonly Position[] }[]
  /** The base and its updates, `XX5DEMO1.000` and on. */
  files: readonly CellFile[]
}
