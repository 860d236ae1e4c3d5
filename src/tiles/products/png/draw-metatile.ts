import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import type { LandMap } from '#tiles/basemap/land-map.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import { drawLayers } from '../vector/draw-tile.ts'
import { BLOCK_PIXELS, MARGIN_PIXELS, METATILE_TILES, metatileBox, type PixelBox, TILE_PIXELS, tilesUnder } from './blocks.ts'
import { collectSymbols, type DrawnTile } from './collect-symbols.ts'
import { type CompiledLayer, compileStyle } from './compile-style.ts'
import { encodePng } from './encode-png.ts'
import { paintSurface, type Scene } from './paint-surface.ts'
import { placeTexts } from './place-texts.ts'
import type { RasterStyle } from './raster-style.ts'
import { openSpriteSheet, type SpriteSheet } from './sprite-sheet.ts'
import { reuseSurface } from './surface.ts'
import { packTiles } from './tile-pack.ts'

/** What raster tiles are drawn from. */
export interface DrawSources {
  cells: readonly CompiledCell[]
  /** Places in `cells` of those that fill what finer cells leave open. */
  besideFiner: readonly number[]
  land: LandMap
  checkpoint: Checkpoint
}

/** Draws the raster tiles of a metatile, as a pack (`packTiles`). */
export async function drawMetatile(
  metatile: TileAddress,
  ratio: 1 | 2,
  style: RasterStyle,
  sources: DrawSources,
): Promise<Uint8Array> {
  const box = metatileBox(metatile)
  const scene = await createScene(metatile.z, box, ratio, style, sources)
  const tiles = new Map<number, Uint8Array>()
  for (let top = box.top; top < box.bottom; top += BLOCK_PIXELS) {
    for (let left = box.left; left < box.right; left += BLOCK_PIXELS) {
      const surface = reuseSurface(left, top, BLOCK_PIXELS, ratio)
      paintSurface(surface, scene)
      const across = BLOCK_PIXELS * ratio
      const { data } = surface.context.getImageData(0, 0, across, across)
      for (const [column, row] of QUARTERS) {
        if (left + column * TILE_PIXELS >= box.right || top + row * TILE_PIXELS >= box.bottom) continue
        sources.checkpoint()
        const size = TILE_PIXELS * ratio
        const place = ((top - box.top) / TILE_PIXELS + row) * METATILE_TILES + (left - box.left) / TILE_PIXELS + column
        tiles.set(place, encodePng({ data, stride: across, left: column * size, top: row * size, size }))
      }
    }
  }
  return packTiles(tiles)
}

const QUARTERS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const

/** Draws the vector tiles around a box, and lays out what is painted within it. */
export async function createScene(
  z: number,
  box: PixelBox,
  ratio: 1 | 2,
  style: RasterStyle,
  { cells, besideFiner, land, checkpoint }: DrawSources,
): Promise<Scene> {
  const { layers, sprite } = await compiled(style, ratio)
  const wide = {
    left: box.left - MARGIN_PIXELS,
    top: box.top - MARGIN_PIXELS,
    right: box.right + MARGIN_PIXELS,
    bottom: box.bottom + MARGIN_PIXELS,
  }
  const tiles: DrawnTile[] = tilesUnder(z, wide).map((placed) => ({
    ...placed,
    layers: new Map(drawLayers(placed.tile, cells, land, checkpoint, besideFiner).map(({ name, features }) => [name, features])),
  }))
  const items = collectSymbols(z, tiles, layers, sprite, checkpoint)
  return { z, layers, sprite, tiles, symbols: Map.groupBy(items, ({ layer }) => layer), isShown: placeTexts(items), checkpoint }
}

interface ReadyStyle {
  layers: readonly CompiledLayer[]
  sprite: SpriteSheet
}

/** Styles compiled at once by a thread. */
const MOST_STYLES = 4
const ready = new Map<string, Promise<ReadyStyle>>()

/** Compiles a style once for all tiles that a thread draws with it. */
function compiled(style: RasterStyle, ratio: 1 | 2): Promise<ReadyStyle> {
  const key = `${style.digest} ${ratio}`
  const known = ready.get(key) ?? compile(style, ratio)
  ready.delete(key)
  ready.set(key, known)
  const [oldest] = ready.keys()
  if (ready.size > MOST_STYLES && oldest !== undefined) ready.delete(oldest)
  return known
}

async function compile({ document, theme }: RasterStyle, ratio: 1 | 2): Promise<ReadyStyle> {
  const { layers } = JSON.parse(document) as StyleSpecification
  const sprite = await openSpriteSheet(theme, ratio)
  return { layers: compileStyle(layers, sprite.names), sprite }
}
