import type { DatabaseSync } from 'node:sqlite'
import { boundsOf, centreOf } from '../pack-box.ts'
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
