import { EXTENT, type TileAddress } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { reportLabel } from '#reports/points/report-label.ts'
import type { TileReport } from '#reports/points/tile-reports.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import { encodeTile } from '#tiles/mvt/encode-tile.ts'
import type { TileFeature, TileValue } from '#tiles/mvt/tile-layer.ts'
import { drawSoundings } from './draw-soundings.ts'
import type { ReportFacts } from './reports-request.ts'

/** Draws the layers `user_reports` and `user_reported_bathymetry` of a tile. */
export function drawReports(tile: TileAddress, { reports, pieces }: ReportFacts, checkpoint: Checkpoint): Uint8Array {
  return encodeTile([
    { name: 'user_reports', features: reports.map((report) => drawReport(tile, report)) },
    { name: 'user_reported_bathymetry', features: drawSoundings(tile, pieces, checkpoint) },
  ])
}

function drawReport(tile: TileAddress, report: TileReport): TileFeature {
  const properties = new Map<string, TileValue>([
    ['id', report.id],
    ['report_type', report.reportType],
    ['upvote_count', report.upvoteCount],
    ['downvote_count', report.downvoteCount],
    ['label', reportLabel(report)],
    ['is_owner', report.isOwner],
  ])
  const { description } = report.properties
  if (typeof description === 'string') properties.set('description', description)
  const x = tileUnits(xOfLongitude(report.longitude) % WORLD, tile.z) - tile.x * EXTENT
  const y = tileUnits(yOfLatitude(report.latitude), tile.z) - tile.y * EXTENT
  return { id: null, geometry: { type: 'point', points: [{ x: inTile(x), y: inTile(y) }] }, properties }
}

/** World units in 4,096ths of a tile of the zoom. */
function tileUnits(world: number, z: number): number {
  return Math.floor((world / WORLD) * 2 ** z * EXTENT)
}

/** A report in the last square of a tile must not round into the next tile. */
function inTile(unit: number): number {
  return Math.min(Math.max(unit, 0), EXTENT - 1)
}
