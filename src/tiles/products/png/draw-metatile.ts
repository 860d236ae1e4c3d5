import { setImmediate } from 'node:timers/promises'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { type TileAddress, tileKey } from '#geo/tile-grid.ts'
import { rememberLast } from '#lib/remember-last.ts'
import { symbolColours } from '#portrayal/palette/symbol-colours.ts'
import { buildStyle } from '#portrayal/style/build-style.ts'
import type { LandMap } from '#tiles/basemap/land-map.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import { BLOCK_PIXELS, MARGIN_PIXELS, METATILE_TILES, metatileBox, type PixelBox, TILE_PIXELS, tilesUnder } from './blocks.ts'
import { collectSymbols, type DrawnTile } from './collect-symbols.ts'
import { type CompiledLayer, compileStyle } from './compile-style.ts'
import { drawnTilesOver } from './drawn-tiles.ts'
import { encodePng } from './encode-png.ts'
import type { PlacedMask } from './glyph-masks.ts'
import { writeMetatile } from './metatile-file.ts'
import { paintSurface, type Scene } from './paint-surface.ts'
import { type PlacedTexts, touches } from './paint-symbols.ts'
import { forgetOldGlyphs, placeGlyphs } from './place-glyphs.ts'
import { placeTexts } from './place-texts.ts'
import type { RasterStyle } from './raster-style.ts'
import { openSpriteSheet, type SpriteSheet } from './sprite-sheet.ts'
import { reuseSurface } from './surface.ts'
import type { SymbolItem } from './symbol-item.ts'

/** What raster tiles are drawn from. */
export interface DrawSources {
  cells: readonly CompiledCell[]
  /** Places in `cells` of those that fill what finer cells leave open, for each vector tile under the box. */
  besideFiner: readonly (readonly number[])[]
  land: LandMap
  checkpoint: Checkpoint
}

/** Draws the raster tiles of a metatile, as one file (`writeMetatile`). */
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
        tiles.set(place, encodePng({ data, stride: across, left: column * size, top: row * size, width: size, height: size }))
      }
      free(data)
    }
  }
  scene.sprite.close()
  // Skia's memory of collected objects is freed by the event loop, which a thread with a queue of tasks would never return to.
  await setImmediate()
  return writeMetatile(tiles)
}

/** Frees pixels at once, because the collector would let megabytes pile up. They cannot be read afterwards. */
function free({ buffer }: Uint8ClampedArray): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
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
  const { layers, sprite } = compiled(style, ratio)
  const wide = {
    left: box.left - MARGIN_PIXELS,
    top: box.top - MARGIN_PIXELS,
    right: box.right + MARGIN_PIXELS,
    bottom: box.bottom + MARGIN_PIXELS,
  }
  // Only the symbols and texts of the tiles around the box count, and no filler changes those.
  const fillers = new Map(tilesUnder(z, box).map(({ tile }, i) => [tileKey(tile), besideFiner[i] ?? []]))
  const drawn = drawnTilesOver(land)
  const tiles: DrawnTile[] = tilesUnder(z, wide).map((placed) => {
    const layers = drawn.draw(placed.tile, cells, checkpoint, fillers.get(tileKey(placed.tile)) ?? [])
    return { ...placed, layers }
  })
  const items = collectSymbols(z, tiles, layers, sprite, checkpoint)
  return {
    z,
    layers,
    sprite,
    tiles,
    symbols: Map.groupBy(items, ({ layer }) => layer),
    texts: textsIn(box, items, ratio),
    checkpoint,
  }
}

/**
 * The texts that are drawn in a box. All of them are found before the first is painted, because a sheet that has been painted from is
 * copied when it changes.
 */
function textsIn(box: PixelBox, items: readonly SymbolItem[], ratio: number): PlacedTexts {
  forgetOldGlyphs()
  const isShown = placeTexts(items)
  const texts = new Map<SymbolItem, readonly PlacedMask[]>()
  for (const item of items) {
    if (item.text === null || !touches(box, item.text, item) || !isShown(item)) continue
    texts.set(item, placeGlyphs(item.text, item.x, item.y, ratio))
  }
  return texts
}

interface ReadyStyle {
  layers: readonly CompiledLayer[]
  sprite: SpriteSheet
}

/** Styles compiled at once by a thread. */
const MOST_STYLES = 2
const ready = new Map<string, ReadyStyle>()

/** Builds and compiles a style once for all tiles that a thread draws with it. */
function compiled(style: RasterStyle, ratio: 1 | 2): ReadyStyle {
  return rememberLast(ready, `${style.digest} ${ratio}`, MOST_STYLES, () => compile(style, ratio))
}

function compile({ options }: RasterStyle, ratio: 1 | 2): ReadyStyle {
  const sprite = openSpriteSheet(options.theme, ratio, symbolColours(options.theme, options.colors))
  return { layers: compileStyle(buildStyle(options).layers, sprite.names), sprite }
}
