import Flatbush from 'flatbush'
import { turned, turnsOnto, WORLD_SQUARE, type WorldBox } from '#geo/world.ts'
import type { Standard } from '#s57/cell.ts'
import type { RankedCell } from '../quilt/cell-order.ts'
import { rankCells } from '../quilt/cell-ranks.ts'
import { type Change, changedBoxes, withChange } from './changed-boxes.ts'
import { displacedTwins, type IsDisplaced } from './displaced-twins.ts'
import type { Outline } from './outline.ts'

/** A visible cell, as products are planned from it. */
export interface ChartCell extends RankedCell {
  /** Owner of an uploaded cell; null for a public one. */
  accountId: number | null
  source: string
  title: string | null
  updateDate: string | null
  /** [west, south, east, north] in degrees; west greater than east across the antimeridian. */
  box: readonly [number, number, number, number]
  outline: Outline
  /** Whether its objects are drawn over other charts too: it states no coverage of its own. */
  overlay: boolean
  /** The name of the S-57 cell that shows the same chart; null unless it is one of S-101 with a known twin. */
  twin: string | null
  /** Key of the compiled cell in storage. It names the content, so digests include it. */
  compiledKey: string
  /** Milliseconds since the Unix epoch. */
  indexedAt: number
}

/** Every visible cell at one moment. A snapshot never changes, so work done from one never mixes two versions of a cell. */
export interface ChartSnapshot {
  /** Rises with each change of the set of cells. */
  version: number
  /** Finest scale first. */
  cells: readonly ChartCell[]
  /** Those of the cells that are drawn over others. */
  overlays: readonly ChartCell[]
  /**
   * Cells whose box meets a box of the world, in the order of their claim at a zoom; x may lie outside 0..WORLD.
   *
   * @param accountId whose own cells count too, besides the public ones; null for the public ones alone.
   */
  near(box: WorldBox, accountId: number | null, zoom: number): ChartCell[]
  /** Whether a twin in the preferred standard is drawn in place of a cell; `near` leaves such cells out. */
  isDisplaced: IsDisplaced
  /** The changes that led to this snapshot, as many as are remembered, the last one at the end. */
  changes: readonly Change[]
}

/**
 * @param cells in any order; those of an earlier snapshot, in its order, are sorted fastest.
 * @param prefer which of two twins is drawn.
 * @param before the snapshot that this one replaces, made with the same preference.
 */
export function createSnapshot(
  version: number,
  cells: readonly ChartCell[],
  prefer: Standard = 's101',
  before: ChartSnapshot | null = null,
): ChartSnapshot {
  const isDisplaced = displacedTwins(cells, prefer)
  const ranks = rankCells(cells)
  /** The cell of each box of the index. */
  const owners: number[] = []
  const boxes = ranks.all.flatMap(({ outline }, i) => {
    for (const _ of outline.boxes) owners.push(i)
    return outline.boxes
  })
  const index = boxes.length === 0 ? null : new Flatbush(boxes.length, 16, Int32Array)
  for (const { minX, minY, maxX, maxY } of boxes) index?.add(minX, minY, maxX, maxY)
  index?.finish()
  return {
    version,
    cells: ranks.all,
    overlays: ranks.all.filter((cell) => cell.overlay),
    isDisplaced,
    changes: before === null ? [] : withChange(before.changes, { version, boxes: changedBoxes(before.cells, ranks.all) }),
    near(box, accountId, zoom) {
      if (index === null) return []
      const found = new Set<number>()
      for (const turn of turnsOnto(box, WORLD_SQUARE)) {
        const { minX, minY, maxX, maxY } = turned(box, turn)
        for (const item of index.search(minX, minY, maxX, maxY)) {
          const owner = owners[item]!
          const cell = ranks.all[owner]!
          const isVisible = cell.accountId === null || cell.accountId === accountId
          if (isVisible && !isDisplaced(cell, accountId)) found.add(owner)
        }
      }
      return ranks.order(found, zoom)
    },
  }
}
