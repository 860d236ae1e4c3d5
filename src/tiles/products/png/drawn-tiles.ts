import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { keyOfOpened } from '#compiled/read/opened-cells.ts'
import { type TileAddress, tileKey, tileWorldBox } from '#geo/tile-grid.ts'
import { turnsOnto } from '#geo/world.ts'
import type { LandMap } from '#tiles/basemap/land-map.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import type { TileFeature, TileLayer } from '#tiles/mvt/tile-layer.ts'
import { drawLayers } from '../vector/draw-tile.ts'
import { LIGHT_REACH } from '../vector/light-sizes.ts'
import type { DrawnTile } from './collect-symbols.ts'

/** The vector tiles that were drawn last. Neighbouring metatiles share twelve of their sixteen, and another style can reuse all of them. */
export interface DrawnTiles {
  /** @param besideFiner places in `cells` of those that fill what finer cells leave open. */
  draw(
    tile: TileAddress,
    cells: readonly CompiledCell[],
    checkpoint: Checkpoint,
    besideFiner: readonly number[],
  ): DrawnTile['layers']
}

/** Of all tiles kept: a vertex takes about 50 bytes. More leave a small machine's thread busy with collecting garbage. */
const MOST_VERTICES = 100_000
/** What a feature and its properties count for, in vertices. */
const FEATURE_VERTICES = 15

interface Kept {
  layers: DrawnTile['layers']
  vertices: number
}

const ofLand = new WeakMap<LandMap, DrawnTiles>()

/** The tiles over a background; a thread has one. */
export function drawnTilesOver(land: LandMap): DrawnTiles {
  const tiles = ofLand.get(land) ?? createDrawnTiles(land)
  ofLand.set(land, tiles)
  return tiles
}

/** @param mostVertices of all tiles that are kept. */
export function createDrawnTiles(land: LandMap, mostVertices = MOST_VERTICES): DrawnTiles {
  const known = new Map<string, Kept>()
  let vertices = 0

  function forget(key: string): void {
    vertices -= known.get(key)?.vertices ?? 0
    known.delete(key)
  }

  return {
    draw(tile, cells, checkpoint, besideFiner) {
      const key = keyOf(tile, cells, besideFiner)
      const kept = known.get(key) ?? keep(drawLayers(tile, cells, land, checkpoint, besideFiner))
      // The last used is the last in the map.
      forget(key)
      known.set(key, kept)
      vertices += kept.vertices
      for (const oldest of known.keys()) {
        if (vertices <= mostVertices) break
        forget(oldest)
      }
      return kept.layers
    },
  }
}

function keep(layers: readonly TileLayer[]): Kept {
  let vertices = 0
  for (const { features } of layers) for (const { geometry } of features) vertices += FEATURE_VERTICES + verticesOf(geometry)
  return { layers: new Map(layers.map(({ name, features }) => [name, features])), vertices }
}

function verticesOf(geometry: TileFeature['geometry']): number {
  if (geometry.type === 'point') return geometry.points.length
  const lines = geometry.type === 'line' ? geometry.lines : geometry.polygons.flat()
  return lines.reduce((sum, { length }) => sum + length, 0)
}

/** Everything that decides what is drawn: the tile, the cells that reach into it in the order of their claim, and which of them fill. */
function keyOf(tile: TileAddress, cells: readonly CompiledCell[], besideFiner: readonly number[]): string {
  const box = tileWorldBox(tile, LIGHT_REACH)
  const near = cells.flatMap((cell, place) =>
    turnsOnto(box, cell.header).length === 0 ? [] : [`${keyOfOpened(cell)}${besideFiner.includes(place) ? ' fills' : ''}`],
  )
  return [tileKey(tile), ...near].join('\n')
}
