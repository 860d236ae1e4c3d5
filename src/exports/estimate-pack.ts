import type { TileAddress } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import type { Charts } from '#tiles/view/charts.ts'
import { type DrawingParts, drawPackTile } from './draw-pack-tile.ts'
import type { PackSpec } from './pack-spec.ts'
import { countTiles, packTiles } from './pack-tiles.ts'

export interface PackEstimate {
  /** Tiles of the box and zooms; those without content are counted too. */
  tiles: number
  /** Of the zip, from the size of some of its tiles. */
  bytes: number
  /** Charts in the box. */
  charts: number
  /** How long all tiles take, from the time that some of them took. */
  seconds: number
}

/** Tiles drawn for an estimate. A raster tile costs its whole metatile. */
const SAMPLES: Readonly<Record<PackSpec['kind'], number>> = { vector: 24, raster: 6 }
/** Style, sprites, glyphs and the viewer, zipped. */
const FIXED_BYTES = 9_000_000

/** Estimates a pack by drawing some of its tiles, spread evenly over its zooms and ground. */
export async function estimatePack(
  parts: DrawingParts & { charts: Pick<Charts, 'current'> },
  spec: PackSpec,
  signal: AbortSignal,
): Promise<PackEstimate> {
  const tiles = countTiles(spec)
  const samples = everyNth(packTiles(spec), Math.max(1, Math.floor(tiles / SAMPLES[spec.kind])))
  let bytes = 0
  const begun = performance.now()
  for (const tile of samples) bytes += (await drawPackTile(parts, tile, signal))?.byteLength ?? 0
  const seconds = (performance.now() - begun) / 1_000
  const share = tiles / samples.length
  return {
    tiles,
    bytes: Math.round(bytes * share) + FIXED_BYTES,
    charts: await countCharts(parts, spec),
    // Neighbouring raster tiles share the work of their metatile, which a single sample does in full.
    seconds: Math.ceil((seconds * share) / (spec.kind === 'raster' ? Math.min(16, Math.max(1, share)) : 1)),
  }
}

function everyNth(tiles: Iterable<TileAddress>, step: number): TileAddress[] {
  const found: TileAddress[] = []
  let at = Math.floor(step / 2)
  for (const tile of tiles) {
    if (at === step - 1) found.push(tile)
    at = (at + 1) % step
  }
  return found
}

async function countCharts(
  { charts, accountId }: { charts: Pick<Charts, 'current'>; accountId: number },
  { box: [west, south, east, north], maxZoom }: PackSpec,
): Promise<number> {
  const [left, right] = [xOfLongitude(west), xOfLongitude(east)]
  const box = {
    minX: left,
    minY: yOfLatitude(Math.min(north, 85.0511)),
    maxX: right <= left ? right + WORLD : right,
    maxY: yOfLatitude(Math.max(south, -85.0511)),
  }
  return (await charts.current()).near(box, accountId, maxZoom).length
}
