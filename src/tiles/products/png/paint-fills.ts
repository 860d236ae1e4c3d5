import type { GridPolygon } from '#geo/overlay/grid.ts'
import { styleZoom } from './blocks.ts'
import type { DrawnTile } from './collect-symbols.ts'
import type { CompiledLayer } from './compile-style.ts'
import { fillPattern } from './fill-pattern.ts'
import type { SpriteSheet } from './sprite-sheet.ts'
import { styleFeature } from './style-feature.ts'
import type { Surface } from './surface.ts'

/** Pixels of the line in the fill's own colour that closes the seam between areas with a common border. */
const SEAM = 0.7

/** Paints the areas of one fill layer. */
export function paintFills(surface: Surface, z: number, tile: DrawnTile, layer: CompiledLayer, sprite: SpriteSheet): void {
  const { context } = surface
  const zoom = styleZoom(z)
  for (const source of tile.layers.get(layer.sourceLayer ?? '') ?? []) {
    if (source.geometry.type !== 'polygon') continue
    const feature = styleFeature(source)
    if (!layer.accepts(zoom, feature)) continue
    const opacity = Number(layer.value('fill-opacity', zoom, feature))
    context.globalAlpha = opacity
    const style = fillStyleOf(surface, zoom, feature, layer, sprite)
    if (style === null) continue
    context.fillStyle = style
    trace(surface, tile, source.geometry.polygons)
    context.fill('evenodd')
    if (typeof style !== 'string' || opacity < 1) continue
    context.strokeStyle = style
    context.lineWidth = SEAM
    context.stroke()
  }
  context.globalAlpha = 1
}

function fillStyleOf(
  surface: Surface,
  zoom: number,
  feature: ReturnType<typeof styleFeature>,
  layer: CompiledLayer,
  sprite: SpriteSheet,
) {
  if (!layer.has('fill-pattern')) return String(layer.value('fill-color', zoom, feature))
  const name = layer.value('fill-pattern', zoom, feature)
  const image = name === null || name === undefined ? null : sprite.image(String(name))
  return image === null ? null : fillPattern(surface, image)
}

function trace({ context, left, top }: Surface, tile: DrawnTile, polygons: readonly GridPolygon[]): void {
  const [dx, dy] = [tile.left - left, tile.top - top]
  context.beginPath()
  for (const ring of polygons.flat()) {
    for (const [i, { x, y }] of ring.entries()) {
      if (i === 0) context.moveTo(dx + x * tile.scale, dy + y * tile.scale)
      else context.lineTo(dx + x * tile.scale, dy + y * tile.scale)
    }
    context.closePath()
  }
}
