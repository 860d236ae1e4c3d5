import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import { styleZoom } from './blocks.ts'
import type { DrawnTile } from './collect-symbols.ts'
import type { CompiledLayer } from './compile-style.ts'
import { fillPattern } from './fill-pattern.ts'
import { paintFills } from './paint-fills.ts'
import { paintLines } from './paint-lines.ts'
import { type PlacedTexts, paintSymbols } from './paint-symbols.ts'
import type { SpriteSheet } from './sprite-sheet.ts'
import type { Surface } from './surface.ts'
import type { SymbolItem } from './symbol-item.ts'

/** What is painted on a surface. */
export interface Scene {
  z: number
  layers: readonly CompiledLayer[]
  sprite: SpriteSheet
  tiles: readonly DrawnTile[]
  /** For each layer, by its index. */
  symbols: ReadonlyMap<number, readonly SymbolItem[]>
  texts: PlacedTexts
  checkpoint: Checkpoint
}

/** Paints all layers. Areas and lines of each vector tile are cut to the tile, because its neighbours draw their own. */
export function paintSurface(surface: Surface, scene: Scene): void {
  const { left, top, size } = surface
  const tiles = scene.tiles.filter(
    (tile) => tile.left < left + size && tile.top < top + size && tile.left + tile.size > left && tile.top + tile.size > top,
  )
  for (const [index, layer] of scene.layers.entries()) {
    if (styleZoom(scene.z) < layer.minzoom) continue
    scene.checkpoint()
    if (layer.type === 'background') paintBackground(surface, scene, layer)
    else if (layer.type === 'symbol') paintSymbols(surface, scene.symbols.get(index) ?? [], scene.texts)
    else for (const tile of tiles) paintTile(surface, scene, layer, tile)
  }
}

function paintTile(surface: Surface, { z, sprite }: Scene, layer: CompiledLayer, tile: DrawnTile): void {
  if (!tile.layers.has(layer.sourceLayer ?? '')) return
  const { context } = surface
  context.save()
  context.beginPath()
  context.rect(tile.left - surface.left, tile.top - surface.top, tile.size, tile.size)
  context.clip()
  if (layer.type === 'fill') paintFills(surface, z, tile, layer, sprite)
  else paintLines(surface, z, tile, layer, sprite)
  context.restore()
}

function paintBackground(surface: Surface, { z, sprite }: Scene, layer: CompiledLayer): void {
  const { context, size } = surface
  const nothing = { type: 1, properties: {} } as const
  const name = layer.has('background-pattern') ? layer.value('background-pattern', styleZoom(z), nothing) : null
  const image = name === null || name === undefined ? null : sprite.image(String(name))
  const pattern = image === null ? null : fillPattern(surface, image)
  context.fillStyle = pattern ?? String(layer.value('background-color', styleZoom(z), nothing))
  context.fillRect(0, 0, size, size)
}
