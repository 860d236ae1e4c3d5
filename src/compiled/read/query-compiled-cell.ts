import { turned, turnsOnto, type WorldBox } from '#geo/world.ts'
import type { CompiledCell } from '../format/compiled-cell.ts'

/**
 * Returns a box of the world in the coordinates of a cell, with the turn it was moved east by. A cell across the antimeridian extends
 * beyond WORLD, so it may meet a box twice; the list is empty when it does not meet it.
 */
export function boxesInCell({ header }: CompiledCell, box: WorldBox): { box: WorldBox; turn: number }[] {
  return turnsOnto(box, header).map((turn) => ({ box: turned(box, turn), turn }))
}

/**
 * Returns the indices of the features, except soundings, whose box meets a box in the cell's coordinates, in ascending order.
 *
 * @param lastZoom omits features with a higher `minZoom`.
 */
export function featuresIn(cell: CompiledCell, { minX, minY, maxX, maxY }: WorldBox, lastZoom = Infinity): number[] {
  const { featureIndex, indexedFeatures, minZoom } = cell
  const isShown = lastZoom === Infinity ? undefined : (item: number) => minZoom[indexedFeatures[item]!]! <= lastZoom
  const found = featureIndex?.search(minX, minY, maxX, maxY, isShown) ?? []
  return found.map((item) => indexedFeatures[item]!).sort((a, b) => a - b)
}

/**
 * Returns the soundings in a box in the cell's coordinates, as indices into `indexedPoints` in ascending order.
 *
 * @param lastZoom omits soundings with a higher `pointZoom`.
 */
export function soundingsIn(cell: CompiledCell, { minX, minY, maxX, maxY }: WorldBox, lastZoom = Infinity): number[] {
  const { soundingIndex, indexedPoints, pointZoom } = cell
  const isShown = lastZoom === Infinity ? undefined : (item: number) => pointZoom[indexedPoints[item]!]! <= lastZoom
  return (soundingIndex?.search(minX, minY, maxX, maxY, isShown) ?? []).sort((a, b) => a - b)
}
