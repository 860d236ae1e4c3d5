import { open, rm } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import * as library from 's2-pmtiles'
import { FileWriter } from 's2-pmtiles/file'
import { boundsOf, centreOf } from '../pack-box.ts'
import type { PackMetadata } from './work-file-messages.ts'

interface PmtilesWriter {
  compression: number
  writeTileXYZ(zoom: number, x: number, y: number, data: Uint8Array): Promise<void>
  commit(metadata: Record<string, unknown>): Promise<void>
}
/** The library's own declarations do not resolve under Node's rules. */
const S2PMTilesWriter: new (writer: FileWriter, tileType: number, compression: number) => PmtilesWriter = Reflect.get(
  library,
  'S2PMTilesWriter',
)

/** Numbers of PMTiles 3. */
const TILE_TYPES = { vector: 1, raster: 2 }
const UNCOMPRESSED = 1
const GZIP = 2
/** Bytes of the header (PMTiles 3, section 3.2). */
const TILE_COMPRESSION = 98
const PLACES = 102

/** Writes the tiles of an MBTiles database as PMTiles 3 to a new file. */
export async function writePmtiles(database: DatabaseSync, metadata: PackMetadata, file: string): Promise<void> {
  const { box, minZoom, maxZoom, kind, name, description, attribution, vectorLayers } = metadata
  // The writer appends to the file, so the remains of an interrupted attempt are deleted first.
  await rm(file, { force: true })
  // Tiles are compressed already, so the writer must not do it again; directories and metadata fit into its header only compressed.
  const writer = new S2PMTilesWriter(new FileWriter(file), TILE_TYPES[kind], UNCOMPRESSED)
  const rows = database.prepare('select zoom_level as z, tile_column as x, tile_row as row, tile_data as data from tiles')
  for (const { z, x, row, data } of rows.iterate()) {
    await writer.writeTileXYZ(Number(z), Number(x), 2 ** Number(z) - 1 - Number(row), data as Uint8Array)
  }
  const about = {
    ...{ name, description, attribution, version: '1', type: 'baselayer', scheme: 'xyz' },
    ...{ format: kind === 'vector' ? 'pbf' : 'png', bounds: boundsOf(box), minzoom: minZoom, maxzoom: maxZoom },
    ...(kind === 'vector' && { vector_layers: vectorLayers }),
  }
  writer.compression = GZIP
  await writer.commit(about)
  await completeHeader(file, metadata)
}

/** The writer leaves the positions at zero, and declares the compression of its directories for the tiles too, but PNG has none. */
async function completeHeader(file: string, { box, minZoom, maxZoom, kind }: PackMetadata): Promise<void> {
  const places = Buffer.alloc(25)
  for (const [i, degrees] of boundsOf(box).entries()) places.writeInt32LE(Math.round(degrees * 1e7), i * 4)
  places.writeUInt8(Math.round((minZoom + maxZoom) / 2), 16)
  for (const [i, degrees] of centreOf(box).entries()) places.writeInt32LE(Math.round(degrees * 1e7), 17 + i * 4)
  const handle = await open(file, 'r+')
  try {
    if (kind === 'raster') await handle.write(Buffer.from([UNCOMPRESSED]), 0, 1, TILE_COMPRESSION)
    await handle.write(places, 0, places.length, PLACES)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
