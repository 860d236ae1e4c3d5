import { turned, turnsOnto, type WorldBox } from '#geo/world.ts'
import type { CompiledCell } from '../format/compiled-cell.ts'

/**
 * Where a cell meets a box of the world: the box in the cell's own units, and how far east it was moved for that. A cell that
 * crosses the antimeridian goes on beyond WORLD, so it may meet a box twice. Empty when the cell lies elsewhere.
 */
export function boxesInCell({ header }: CompiledCell, box: WorldBox): { box: WorldBox; turn: number }[] {
  return turnsOnto(box, header).map((turn) => ({ box: turned(box, turn), turn }))
}

/**
 * Indices of the features, soundings left out, whose box meets a box in the cell's units, in ascending order: class by class.
 *
 * @param lastZoom features that come into view at a later zoom are left out.
 */
export function featuresIn(cell: CompiledCell, { minX, minY, maxX, maxY }: WorldBox, lastZoom = Infinity): number[] {
  const { featureIndex, indexedFeatures, minZoom } = cell
  const isShown = lastZoom === Infinity ? undefined : (item: number) => minZoom[indexedFeatures[item]!]! <= lastZoom
  const found = featureIndex?.search(minX, minY, maxX, maxY, isShown) ?? []
  return found.map((item) => indexedFeatures[item]!).sort((a, b) => a - b)
}

/**
 * Indices into `indexedPoints` of the soundings in a box in the cell's units, in ascending order.
 *
 * @param lastZoom soundings that come into view at a later zoom are left out.
 */
export function soundingsIn(cell: CompiledCell, { minX, minY, maxX, maxY }: WorldBox, lastZoom = Infinity): number[] {
  const { soundingIndex, indexedPoints, pointZoom } = cell
  const isShown = lastZoom === Infinity ? undefined : (item: number) => pointZoom[indexedPoints[item]!]! <= lastZoom
  return (soundingIndex?.search(minX, minY, maxX, maxY, isShown) ?? []).sort((a, b) => a - b)
}
