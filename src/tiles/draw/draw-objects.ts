import { type CompiledCell, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { featuresIn, soundingsIn } from '#compiled/read/query-compiled-cell.ts'
import type { GridLine, GridPoint } from '#geo/overlay/grid.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import type { TileGeometry } from '../mvt/tile-layer.ts'
import { type CellView, linesOf, pointOf, ringsOf, viewsOf } from './cell-geometry.ts'
import type { TileShare } from './divide-tile.ts'
import type { DrawnObject } from './drawn-object.ts'

/** Which features to draw. */
export interface ObjectFilter {
  /** Leaves out features that come into view at a later zoom; without it, none. */
  lastZoom?: number
  /** Leaves out features for which it returns false; without it, none. */
  takes?(cell: CompiledCell, feature: number): boolean
  /** Leaves out soundings that come into view at a later zoom. */
  soundingZoom: number
  /** Draws the lines of a line object in another way; null for the usual one. */
  drawLines?(share: TileShare, view: CellView, feature: number): GridLine[] | null
}

/** Called at intervals while drawing; throws to stop it. */
export type Checkpoint = () => void

const OBJECTS_BETWEEN_CHECKS = 200

/** A view of a cell, and the features, except soundings, whose box meets the tile there. */
export interface ViewedFeatures {
  view: CellView
  features: readonly number[]
}

/** Finds the features of a cell in a tile. @param lastZoom leaves out features that come into view at a later zoom. */
export function viewFeatures(cell: CompiledCell, frame: TileFrame, lastZoom?: number): ViewedFeatures[] {
  return viewsOf(cell, frame, frame.box).map((view) => ({ view, features: featuresIn(cell, view.box, lastZoom) }))
}

/**
 * Draws a cell's share of a tile: features in the order of their class, soundings last.
 *
 * @param views of the cell, for callers that need its features more than once.
 */
export function drawObjects(
  share: TileShare,
  frame: TileFrame,
  filter: ObjectFilter,
  checkpoint: Checkpoint,
  views = viewFeatures(share.cell, frame, filter.lastZoom),
): DrawnObject[] {
  const drawn: DrawnObject[] = []
  const { cell } = share
  for (const { view, features } of views) {
    let count = 0
    for (const feature of features) {
      if (++count % OBJECTS_BETWEEN_CHECKS === 0) checkpoint()
      if (filter.takes?.(cell, feature) === false) continue
      const geometry = draw(share, view, feature, filter)
      if (geometry !== null) drawn.push({ cell, feature, geometry, depth: null })
    }
    checkpoint()
    drawSoundings(share, view, filter, drawn)
  }
  return drawn
}

function draw(share: TileShare, view: CellView, feature: number, filter: ObjectFilter): TileGeometry | null {
  const { cell } = view
  switch (cell.primitive[feature]) {
    case PRIMITIVE.point: {
      const points: GridPoint[] = []
      for (let i = cell.pointStart[feature]!; i < cell.pointStart[feature + 1]!; i++) {
        const point = pointOf(view, i)
        if (isWithin(point, view.frame) && share.owns(point, cell.objectClass[feature]!)) points.push(point)
      }
      return points.length === 0 ? null : { type: 'point', points }
    }
    case PRIMITIVE.line: {
      const lines = filter.drawLines?.(share, view, feature) ?? share.clipLines(linesOf(view, feature))
      return lines.length === 0 ? null : { type: 'line', lines }
    }
    case PRIMITIVE.area: {
      const polygons = share.clipArea(ringsOf(view, feature))
      return polygons.length === 0 ? null : { type: 'polygon', polygons }
    }
    default:
      return null
  }
}

function drawSoundings(share: TileShare, view: CellView, filter: ObjectFilter, drawn: DrawnObject[]): void {
  const { cell } = share
  const { lastZoom = Infinity } = filter
  let feature = -1
  let taken = false
  for (const item of soundingsIn(cell, view.box, filter.soundingZoom)) {
    if (cell.indexedPointFeature[item] !== feature) {
      feature = cell.indexedPointFeature[item]!
      taken = cell.minZoom[feature]! <= lastZoom && filter.takes?.(cell, feature) !== false
    }
    const index = cell.indexedPoints[item]!
    if (!taken) continue
    const point = pointOf(view, index)
    if (!isWithin(point, view.frame) || !share.owns(point, cell.objectClass[feature]!)) continue
    drawn.push({ cell, feature, geometry: { type: 'point', points: [point] }, depth: cell.pointDepth[index]! / 1000 })
  }
}

function isWithin({ x, y }: GridPoint, { box }: TileFrame): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
}
