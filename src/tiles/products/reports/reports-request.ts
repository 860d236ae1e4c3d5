import type { TilePiece } from '#reports/bathymetry/tile-soundings.ts'
import type { TileReport, TileReportsQuery } from '#reports/points/tile-reports.ts'

/** A request for the reports of a tile. What the caller owns is part of the answer. */
export interface ReportsRequest extends TileReportsQuery {
  includeBathymetry: boolean
}

/** What a tile shows. */
export interface ReportFacts {
  reports: TileReport[]
  pieces: TilePiece[]
}

export const REPORT_ZOOMS = { shallowest: 0, deepest: 22 }

/** Units around a tile, of 4,096, to which lines of soundings are cut. */
export const SOUNDING_BUFFER = 64
