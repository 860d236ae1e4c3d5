import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { intersectRings } from '#geo/overlay/clip-rings.ts'
import type { GridRings } from '#geo/overlay/grid.ts'
import { createFrame } from '#geo/tile-frame.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import type { LandMap } from '#tiles/basemap/land-map.ts'
import { divideTile } from '#tiles/draw/divide-tile.ts'
import { type Checkpoint, drawObjects } from '#tiles/draw/draw-objects.ts'
import { toGeoJson } from '#tiles/draw/geo-json.ts'

import { FIRST_CHART_ZOOM } from './first-chart-zoom.ts'

const EXTRA_DETAIL = 2

/**
 * Draws the land of a tile as a GeoJSON FeatureCollection with one feature, or none where all is water.
 *
 * @param cells in the order of their claim at the tile's zoom.
 */
export function drawShoreline(tile: TileAddress, cells: readonly CompiledCell[], land: LandMap, checkpoint: Checkpoint): string {
  const frame = createFrame(tile, 0, EXTRA_DETAIL)
  const { shares, open } = divideTile(tile.z < FIRST_CHART_ZOOM ? [] : cells, frame)
  const background = land.ringsIn(frame)
  const rings: GridRings = open === null ? background : intersectRings(background, open)
  const filter = {
    takes: (cell: CompiledCell, feature: number) => objectClassName(cell.objectClass[feature]!) === 'LNDARE',
    soundingZoom: -1,
  }
  for (const share of shares) {
    for (const { geometry } of drawObjects(share, frame, filter, checkpoint)) {
      if (geometry.type === 'polygon') rings.push(...geometry.polygons.flat())
    }
  }
  // Adjoining pieces share an edge, and an edge that occurs twice cancels out: one shore remains around all of them.
  const polygons = cleanPolygon(rings)
  const features =
    polygons.length === 0 ? [] : [{ type: 'Feature', properties: {}, geometry: toGeoJson({ type: 'polygon', polygons }, frame) }]
  return JSON.stringify({ type: 'FeatureCollection', features })
}
