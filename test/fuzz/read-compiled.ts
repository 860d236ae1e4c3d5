import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { featuresIn, soundingsIn } from '#compiled/read/query-compiled-cell.ts'
import { createPositionBuffer, readPart } from '#compiled/read/read-part.ts'
import { tileWorldBox } from '#geo/tile-grid.ts'
import { compiledFeatures } from '#test/compiled-features.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { drawTile } from '#tiles/products/vector/draw-tile.ts'
import type { CaseResult } from './run-case.ts'
import type { SeedFile } from './seed-files.ts'

/** Offset of the first byte that the checksum (at offset 16) covers. */
const CHECKED_FROM = 24
/** A tile in the middle of each mutated cell. */
const TILES = { XX5SAMPL: { z: 12, x: 1706, y: 1549 }, XX5TESTA: { z: 12, x: 1593, y: 1388 } } as const
const noLand = createLandMap([])

/**
 * Opens a compiled cell like the server, reads all of it, searches it and draws a tile of it. A damaged file with a wrong checksum must
 * not open, unless only bytes that the checksum does not cover have changed.
 */
export function readCompiled(seed: SeedFile, bytes: Buffer): CaseResult {
  const own = new Uint8Array(bytes)
  const checked = seed.name === 'checked' && own.length >= CHECKED_FROM
  if (checked) {
    const view = new DataView(own.buffer)
    view.setUint32(12, own.length, true)
    view.setUint32(16, crc32(own.subarray(CHECKED_FROM)), true)
  }
  const cell = openCompiledCell(own.buffer)
  const unread = Buffer.compare(bytes.subarray(CHECKED_FROM), seed.bytes.subarray(CHECKED_FROM)) === 0
  if (!checked && !unread) return { kind: 'fault', what: 'a damaged compiled cell was opened' }
  compiledFeatures(cell)
  const buffer = createPositionBuffer()
  const tile = TILES[cell.header.name === 'XX5TESTA' ? 'XX5TESTA' : 'XX5SAMPL']
  for (const zoom of [0, 8, 16]) for (let part = 0; part < cell.partKind.length; part++) readPart(cell, part, zoom, buffer)
  for (const window of [tileWorldBox({ z: 0, x: 0, y: 0 }), tileWorldBox(tile)]) {
    featuresIn(cell, window)
    soundingsIn(cell, window)
  }
  drawTile(tile, [cell], noLand, () => {})
  return { kind: 'read', kept: null }
}
