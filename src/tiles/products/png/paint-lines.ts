import type { GridLine } from '#geo/overlay/grid.ts'
import type { TileGeometry } from '#tiles/mvt/tile-layer.ts'
import { styleZoom } from './blocks.ts'
import type { DrawnTile } from './collect-symbols.ts'
import type { CompiledLayer } from './compile-style.ts'
import { paintPatternLine } from './paint-pattern-line.ts'
import type { SpriteSheet } from './sprite-sheet.ts'
import { styleFeature } from './style-feature.ts'
import type { Surface } from './surface.ts'

/** Paints the lines of one line layer; areas are outlined. */
export function paintLines(surface: Surface, z: number, tile: DrawnTile, layer: CompiledLayer, sprite: SpriteSheet): void {
  const { context } = surface
  const zoom = styleZoom(z)
  for (const source of tile.layers.get(layer.sourceLayer ?? '') ?? []) {
    const lines = linesOf(source.geometry)
    if (lines.length === 0) continue
    const feature = styleFeature(source)
    if (!layer.accepts(zoom, feature)) continue
    const width = Number(layer.value('line-width', zoom, feature))
    const placed = lines.map((line) => placeLine(surface, tile, line))
    if (layer.has('line-pattern')) {
      const name = layer.value('line-pattern', zoom, feature)
      const image = name === null || name === undefined ? null : sprite.image(String(name))
      if (image !== null) for (const line of placed) paintPatternLine(surface, line, image, width)
      continue
    }
    context.strokeStyle = String(layer.value('line-color', zoom, feature))
    context.lineWidth = width
    const dashes = layer.has('line-dasharray') ? layer.value('line-dasharray', zoom, feature) : null
    context.setLineDash(isDashes(dashes) ? dashes.map((length) => length * width) : [])
    context.beginPath()
    for (const line of placed) {
      for (const [i, [x, y]] of line.entries()) {
        if (i === 0) context.moveTo(x, y)
        else context.lineTo(x, y)
      }
    }
    context.stroke()
  }
  context.setLineDash([])
}

function linesOf(geometry: TileGeometry): readonly GridLine[] {
  if (geometry.type === 'line') return geometry.lines
  if (geometry.type === 'polygon') return geometry.polygons.flat().map((ring) => [...ring, ...ring.slice(0, 1)])
  return []
}

function placeLine({ left, top }: Surface, tile: DrawnTile, line: GridLine): [number, number][] {
  return line.map(({ x, y }) => [tile.left - left + x * tile.scale, tile.top - top + y * tile.scale])
}

const isDashes = (value: unknown): value is number[] => Array.isArray(value) && value.length > 0
