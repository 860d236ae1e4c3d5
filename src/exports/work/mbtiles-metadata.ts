import type { DatabaseSync } from 'node:sqlite'
import type { PackMetadata } from './work-file-messages.ts'

/** Writes the table `metadata` as MBTiles 1.3 asks for it. */
export function writeMbtilesMetadata(database: DatabaseSync, metadata: PackMetadata): void {
  const { box, minZoom, maxZoom, kind, name, description, attribution, vectorLayers } = metadata
  const entries: [string, string][] = [
    ['name', name],
    ['description', description],
    ['attribution', attribution],
    ['version', '1'],
    ['type', 'baselayer'],
    ['format', kind === 'vector' ? 'pbf' : 'png'],
    ['bounds', boundsOf(box).join(',')],
    ['center', [...centreOf(box), Math.round((minZoom + maxZoom) / 2)].join(',')],
    ['minzoom', String(minZoom)],
    ['maxzoom', String(maxZoom)],
  ]
  if (kind === 'vector') entries.push(['json', JSON.stringify({ vector_layers: vectorLayers })])
  const insert = database.prepare('insert or replace into metadata values (?, ?)')
  for (const [key, value] of entries) insert.run(key, value)
}

/** The box as other programs expect it: one across the antimeridian becomes all longitudes. */
export function boundsOf([west, south, east, north]: PackMetadata['box']): [number, number, number, number] {
  return west > east ? [-180, south, 180, north] : [west, south, east, north]
}

/** Longitude and latitude of the middle of a box. */
export function centreOf([west, south, east, north]: PackMetadata['box']): [number, number] {
  const longitude = (west + (west > east ? east + 360 : east)) / 2
  return [longitude > 180 ? longitude - 360 : longitude, (south + north) / 2]
}
