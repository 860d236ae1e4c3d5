import type { Feature } from '@maplibre/maplibre-gl-style-spec'
import type { GridLine } from '#geo/overlay/grid.ts'
import { EXTENT } from '#geo/tile-grid.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import type { TileFeature } from '#tiles/mvt/tile-layer.ts'
import { type PlacedTile, styleZoom } from './blocks.ts'
import type { CompiledLayer } from './compile-style.ts'
import { middleOfPolygon } from './middle-of-polygon.ts'
import { shapeText } from './shape-text.ts'
import type { SpriteSheet } from './sprite-sheet.ts'
import { styleFeature } from './style-feature.ts'
import type { SymbolIcon, SymbolItem, SymbolText } from './symbol-item.ts'
import { fitsLine, lengthOf, placeAlong, textAlongLine } from './text-along-line.ts'

/** A vector tile with the features of its layers. */
export interface DrawnTile extends PlacedTile {
  layers: ReadonlyMap<string, readonly TileFeature[]>
}

/**
 * Collects the symbols of all layers, in paint order: by layer, sort key, then from north to south. Their turn is MapLibre's: tile by tile,
 * from west to east and north to south in each column, and in the order of the tile.
 */
export function collectSymbols(
  z: number,
  tiles: readonly DrawnTile[],
  layers: readonly CompiledLayer[],
  sprite: SpriteSheet,
  checkpoint: Checkpoint,
): SymbolItem[] {
  const items: SymbolItem[] = []
  const zoom = styleZoom(z)
  const inTurn = tiles.toSorted((a, b) => a.left - b.left || a.top - b.top)
  for (const [index, layer] of layers.entries()) {
    if (layer.type !== 'symbol' || zoom < layer.minzoom) continue
    checkpoint()
    for (const tile of inTurn) {
      for (const source of tile.layers.get(layer.sourceLayer ?? '') ?? []) {
        const feature = styleFeature(source)
        if (!layer.accepts(zoom, feature)) continue
        for (const { x, y, line } of anchorsOf(source, layer, zoom, feature)) {
          if (x < 0 || y < 0 || x >= EXTENT || y >= EXTENT) continue
          const item = symbolOf(layer, zoom, feature, sprite)
          if (item === null) continue
          if (line !== undefined && item.text !== null && !fitsLine(item.text.shape, line, tile.scale)) continue
          if (line !== undefined && item.text?.followsLine) {
            const shape = textAlongLine(item.text.shape, line, tile.scale)
            if (shape === null) continue
            item.text = { ...item.text, shape }
          }
          const [px, py] = [tile.left + x * tile.scale, tile.top + y * tile.scale]
          items.push({ ...item, layer: index, x: px, y: py, name: `${source.id ?? ''}`, turn: items.length })
        }
      }
    }
  }
  return items.sort(
    (a, b) =>
      a.layer - b.layer || a.sortKey - b.sortKey || a.y - b.y || a.x - b.x || (a.name < b.name ? -1 : Number(a.name > b.name)),
  )
}

interface Anchor {
  x: number
  y: number
  line?: GridLine
}

function anchorsOf({ geometry }: TileFeature, layer: CompiledLayer, zoom: number, feature: Feature): readonly Anchor[] {
  if (geometry.type === 'point') return geometry.points
  const isOnLine = layer.value('symbol-placement', zoom, feature) === 'line-center'
  if (geometry.type === 'polygon') return isOnLine ? [] : geometry.polygons.flatMap((polygon) => middleOfPolygon(polygon) ?? [])
  if (!isOnLine) return []
  return geometry.lines.flatMap((line) => {
    const middle = placeAlong(line, lengthOf(line) / 2)
    return middle === null ? [] : [{ x: middle.x, y: middle.y, line }]
  })
}

function symbolOf(
  layer: CompiledLayer,
  zoom: number,
  feature: Feature,
  sprite: SpriteSheet,
): Pick<SymbolItem, 'icon' | 'text' | 'sortKey'> | null {
  const value = <T>(property: string) => layer.value(property, zoom, feature) as T
  const text = layer.has('text-field') ? textOf(value) : null
  const icon = layer.has('icon-image') ? iconOf(value, sprite, text) : null
  if (icon === null && text === null) return null
  return { icon, text, sortKey: layer.has('symbol-sort-key') ? Number(value('symbol-sort-key') ?? 0) : 0 }
}

type Value = <T>(property: string) => T

function iconOf(value: Value, sprite: SpriteSheet, text: SymbolText | null): SymbolIcon | null {
  const name = value<{ toString(): string } | null | undefined>('icon-image')
  const image = name === null || name === undefined ? null : sprite.image(name.toString())
  if (image === null) return null
  const isFree = value<boolean>('icon-allow-overlap') && value<boolean>('icon-ignore-placement')
  const plain = { image, rotation: value<number>('icon-rotate'), opacity: value<number>('icon-opacity'), isFree }
  const fit = value<string>('icon-text-fit')
  if (fit === 'none' || text === null) return { ...plain, width: image.width, height: image.height, offset: [0, 0] }
  const [top = 0, right = 0, bottom = 0, left = 0] = Array.from(value<number[]>('icon-text-fit-padding') ?? [])
  const { shape } = text
  const isWide = fit !== 'height'
  const isHigh = fit !== 'width'
  const [x, width] = isWide
    ? [(shape.left - left + shape.right + right) / 2, shape.right - shape.left + left + right]
    : [(shape.left + shape.right) / 2, image.width]
  const [y, height] = isHigh
    ? [(shape.top - top + shape.bottom + bottom) / 2, shape.bottom - shape.top + top + bottom]
    : [(shape.top + shape.bottom) / 2, image.height]
  return { ...plain, width, height, offset: [x, y] }
}

function textOf(value: Value): SymbolText | null {
  const text = value<{ toString(): string } | null | undefined>('text-field')?.toString() ?? ''
  if (text.trim() === '') return null
  const [font = ''] = value<string[]>('text-font')
  const [right = 0, down = 0] = Array.from(value<number[]>('text-offset'))
  const shape = shapeText(text, {
    font,
    size: value<number>('text-size'),
    anchor: value<string>('text-anchor'),
    offset: [right, down],
    maxWidth: value<number>('text-max-width'),
  })
  return {
    shape,
    color: String(value('text-color')),
    haloColor: String(value('text-halo-color')),
    haloWidth: value<number>('text-halo-width'),
    opacity: value<number>('text-opacity'),
    padding: Number(value('text-padding')),
    followsLine: value<string>('text-rotation-alignment') !== 'viewport',
    isFree: value<boolean>('text-allow-overlap') && value<boolean>('text-ignore-placement'),
  }
}
