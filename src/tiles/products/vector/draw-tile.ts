import { drawnClassName, layerOfClass, objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { cutToArea } from '#geo/overlay/cut-to-area.ts'
import type { GridRings } from '#geo/overlay/grid.ts'
import { createFrame, type TileFrame } from '#geo/tile-frame.ts'
import { type TileAddress, tileBox } from '#geo/tile-grid.ts'
import type { LandMap } from '#tiles/basemap/land-map.ts'
import { linePartsOf } from '#tiles/draw/cell-geometry.ts'
import { divideTile, ringsOfFrame, type TileShare } from '#tiles/draw/divide-tile.ts'
import { type Checkpoint, drawObjects, type ObjectFilter, type ViewedFeatures, viewFeatures } from '#tiles/draw/draw-objects.ts'
import type { DrawnObject } from '#tiles/draw/drawn-object.ts'
import { encodeTile } from '#tiles/mvt/encode-tile.ts'
import type { TileFeature, TileLayer, TileValue } from '#tiles/mvt/tile-layer.ts'
import { type BorderDepths, borderDepths, type CellGround, UNSAFE } from './border-depths.ts'
import { drawAnchors } from './draw-anchors.ts'
import { drawRuns, isDrawnByRuns } from './draw-runs.ts'
import { drawLights } from './light-figures.ts'
import { LIGHT_REACH } from './light-sizes.ts'
import { linesWithRunUp, repetitionOf } from './run-up.ts'
import { scaleBoundaries } from './scale-boundaries.ts'
import { lastZoomShown } from './shown-zoom.ts'
import { sideAreaOf } from './side-area.ts'
import { AREA_LINES, AREA_POINTS, thinToBudget } from './thin-to-budget.ts'
import { TILE_BUFFER } from './tile-buffer.ts'
import { areaLineProperties, isDepthBoundary, tileProperties } from './tile-properties.ts'

/**
 * Draws a vector tile of the schema `enc-v2` (docs/tiles.md).
 *
 * @param cells that may have ground in or near the tile, in the order of their claim (`orderCells`).
 * @param besideFiner places in `cells` of those that fill what finer cells leave open.
 */
export function drawTile(
  tile: TileAddress,
  cells: readonly CompiledCell[],
  land: LandMap,
  checkpoint: Checkpoint,
  besideFiner: readonly number[] = [],
): Uint8Array {
  return thinToBudget(drawAll(tile, cells, land, checkpoint, besideFiner), encodeTile)
}

/** The layers of a vector tile, thinned as `drawTile` thins them. */
export function drawLayers(
  tile: TileAddress,
  cells: readonly CompiledCell[],
  land: LandMap,
  checkpoint: Checkpoint,
  besideFiner: readonly number[],
): TileLayer[] {
  const layers = drawAll(tile, cells, land, checkpoint, besideFiner)
  thinToBudget(layers, encodeTile)
  return layers
}

function drawAll(
  tile: TileAddress,
  cells: readonly CompiledCell[],
  land: LandMap,
  checkpoint: Checkpoint,
  besideFiner: readonly number[],
): TileLayer[] {
  const frame = createFrame(tile, TILE_BUFFER)
  const { shares, open } = divideTile(cells, frame, tileBox(frame.extent, LIGHT_REACH))
  const fillers = new Set(besideFiner.map((place) => cells[place]))
  const layers = new Map<string, TileFeature[]>()
  const add = (name: string, feature: TileFeature) => {
    const features = layers.get(name)
    if (features === undefined) layers.set(name, [feature])
    else features.push(feature)
  }

  for (const feature of drawLand(frame, open, land)) add('basemap_land', feature)
  const filter: ObjectFilter = {
    lastZoom: lastZoomShown(tile.z),
    soundingZoom: tile.z,
    takes: (cell, feature) => !isDrawnByRuns(cell, feature),
    drawLines: (share, view, feature) => {
      const repetition = repetitionOf(share.cell, feature)
      if (repetition === null) return null
      return linePartsOf(share.cell, feature).flatMap((part) => linesWithRunUp(share, view, part, repetition))
    },
  }
  const figures = { arcs: [], legs: [], lines: [] }
  const grounds: CellGround[] = []
  for (const share of shares) {
    checkpoint()
    if (share.visible) {
      if (!share.isOverlay) add('chart_cells', outlineOf(share, frame, fillers.has(share.cell)))
      const views = viewFeatures(share.cell, frame, filter.lastZoom)
      const objects = drawObjects(share, frame, filter, checkpoint, views)
      for (const object of objects) add(layerOf(object), toTileFeature(object))
      if (!share.isOverlay) grounds.push({ rings: share.area, areas: objects.flatMap((object) => sideAreaOf(object) ?? []) })
      drawStretches(share, views, checkpoint, add)
      drawMiddles(share, frame, views, add)
    }
    drawLights(share, frame, figures)
  }
  for (const depths of borderDepths(grounds, frame.box)) add('depth_boundaries', borderFeature(depths))
  for (const { band, coarserBand, lines } of scaleBoundaries(shares, frame)) {
    const properties = new Map([
      ['band', band],
      ['coarserBand', coarserBand],
    ])
    add('scale_boundaries', { id: null, geometry: { type: 'line', lines }, properties })
  }
  const all: TileLayer[] = [...layers].map(([name, features]) => ({ name, features }))
  all.push({ name: 'light_arcs', features: figures.arcs }, { name: 'light_legs', features: figures.legs })
  all.push({ name: 'light_lines', features: figures.lines })
  return all
}

/** The depth changes where two cells meet: as the boundaries within a cell, whose properties the compiler finds. */
function borderFeature({ shallow, deep, lines }: BorderDepths): TileFeature {
  const properties = new Map<string, TileValue>([['VALDCO', deep]])
  if (shallow !== UNSAFE) properties.set('valdcoPrev', shallow)
  properties.set('shallowSide', shallow).set('deepSide', deep)
  return { id: null, geometry: { type: 'line', lines }, properties }
}

type Add = (layer: string, feature: TileFeature) => void

/** Adds the lines that are drawn stretch by stretch, and the boundaries of areas. */
function drawStretches(share: TileShare, views: readonly ViewedFeatures[], checkpoint: Checkpoint, add: Add): void {
  const { cell } = share
  for (const { feature, lines, properties } of drawRuns(share, views, checkpoint)) {
    const isBoundary = cell.primitive[feature] === PRIMITIVE.area
    const own = isBoundary ? areaLineProperties(cell, feature) : tileProperties(cell, feature)
    const all = new Map([...own, ...properties])
    add(isBoundary ? AREA_LINES : layerOf({ cell, feature }), {
      id: idOf(cell, feature),
      geometry: { type: 'line', lines },
      properties: all,
    })
  }
}

/** Adds the points for symbols and names of areas. */
function drawMiddles(share: TileShare, frame: TileFrame, views: readonly ViewedFeatures[], add: Add): void {
  const { cell } = share
  for (const { feature, point, rank, spacing, size } of drawAnchors(share, frame, views)) {
    const name: [string, TileValue] = ['class', drawnClassName(objectClassName(cell.objectClass[feature]!))]
    const properties = new Map<string, TileValue>([name, ...tileProperties(cell, feature), ['rank', rank], ['size', size]])
    if (spacing !== null) properties.set('spacing', spacing)
    add(AREA_POINTS, { id: idOf(cell, feature), geometry: { type: 'point', points: [point] }, properties })
  }
}

/** The layer of an object in the tile. */
export function layerOf({ cell, feature }: Pick<DrawnObject, 'cell' | 'feature'>): string {
  if (isDepthBoundary(cell, feature)) return 'depth_boundaries'
  return layerOfClass(drawnClassName(objectClassName(cell.objectClass[feature]!)))
}

function toTileFeature({ cell, feature, geometry, depth }: DrawnObject): TileFeature {
  if (depth === null) return { id: idOf(cell, feature), geometry, properties: tileProperties(cell, feature) }
  // Many soundings share a feature, so the feature's id would not be unique.
  return { id: null, geometry, properties: new Map<string, TileValue>([...soundingProperties(cell, feature), ['DEPTH', depth]]) }
}

function idOf(cell: CompiledCell, feature: number): number | null {
  const id = cell.featureId[feature]! * 65_536 + cell.featureSubdivision[feature]!
  return id === 0 ? null : id
}

const SOUNDING_KEYS = new Set(['QUASOU', 'TECSOU', 'EXPSOU', 'STATUS', 'SCAMIN', 'lowAccuracy'])

function soundingProperties(cell: CompiledCell, feature: number): [string, TileValue][] {
  return [...tileProperties(cell, feature)].filter(([key]) => SOUNDING_KEYS.has(key))
}

/** The ground that a cell draws: clients outline it, and tell where a chart is enlarged beyond its scale. */
function outlineOf({ cell, area }: TileShare, frame: TileFrame, isBesideFiner: boolean): TileFeature {
  const { name, edition, update, compilationScale, nativeZoom, usageBand } = cell.header
  const properties = new Map<string, TileValue>([
    ['cell', name],
    ['edition', edition],
    ['update', update],
    ['scale', compilationScale],
    ['band', usageBand],
    ['nativeZoom', Math.round(nativeZoom * 100) / 100],
  ])
  if (isBesideFiner) properties.set('finer', true)
  return { id: null, geometry: { type: 'polygon', polygons: cleanPolygon(area ?? ringsOfFrame(frame)) }, properties }
}

function drawLand(frame: TileFrame, open: GridRings | null, land: LandMap): TileFeature[] {
  if (open !== null && open.length === 0) return []
  const rings = land.ringsIn(frame)
  if (rings.length === 0) return []
  const polygons = open === null ? cleanPolygon(rings) : cutToArea(rings, open)
  if (polygons.length === 0) return []
  return [{ id: null, geometry: { type: 'polygon', polygons }, properties: new Map() }]
}
