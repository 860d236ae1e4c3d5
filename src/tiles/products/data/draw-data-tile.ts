import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { createFrame } from '#geo/tile-frame.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { divideTile } from '#tiles/draw/divide-tile.ts'
import { type Checkpoint, drawObjects } from '#tiles/draw/draw-objects.ts'
import { identityOf, isOfChart, rawAttributes, toDegrees, toGeoJson } from '#tiles/draw/geo-json.ts'

/** Zooms of detail beyond the vector tile of the same address. */
const EXTRA_DETAIL = 3

/**
 * The chart data of a tile as a GeoJSON FeatureCollection, cut to the tile. The soundings of a feature are one MultiPoint with
 * depths as third coordinates.
 *
 * @param cells in the order of their claim: the finest first, whatever the zoom.
 * @returns the text, or null where there are no objects.
 */
export function drawDataTile(tile: TileAddress, cells: readonly CompiledCell[], checkpoint: Checkpoint): string | null {
  const frame = createFrame(tile, 0, EXTRA_DETAIL)
  const features: string[] = []
  for (const share of divideTile(cells, frame).shares) {
    if (!share.visible) continue
    const filter = { takes: isOfChart, soundingZoom: Infinity }
    const soundings = new Map<number, number[][]>()
    for (const { cell, feature, geometry, depth } of drawObjects(share, frame, filter, checkpoint)) {
      if (depth !== null && geometry.type === 'point') {
        const points = soundings.get(feature) ?? []
        soundings.set(feature, points)
        for (const point of geometry.points) points.push([...toDegrees(point, frame), depth])
      } else features.push(write(cell, feature, toGeoJson(geometry, frame)))
    }
    for (const [feature, coordinates] of soundings) features.push(write(share.cell, feature, { type: 'MultiPoint', coordinates }))
  }
  return features.length === 0 ? null : `{"type":"FeatureCollection","features":[${features.join(',')}]}`
}

function write(cell: CompiledCell, feature: number, geometry: unknown): string {
  const { id, layerId, ...identity } = identityOf(cell, feature)
  const attributes = { ...identity, ...rawAttributes(cell, feature) }
  return JSON.stringify({ type: 'Feature', id, geometry, properties: { layerId, attributes } })
}
