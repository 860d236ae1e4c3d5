import Flatbush from 'flatbush'
import { turned, turnsOnto, WORLD_SQUARE, type WorldBox } from '#geo/world.ts'
import type { RankedCell } from '../quilt/cell-order.ts'
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
  /** Key of the compiled cell in storage. It names the content, so digests include it. */
  compiledKey: string
  /** Milliseconds since the Unix epoch. */
  indexedAt: number
}

/** Every visible cell at one moment. A snapshot never changes, so work done from one never mixes two versions of a cell. */
export interface ChartSnapshot {
  /** Rises with each change of the set of cells. */
  version: number
  cells: readonly ChartCell[]
  /** Those of the cells that are drawn over others. */
  overlays: readonly ChartCell[]
  /** Cells that an account may see and whose box meets a box of the world; x may lie outside 0..WORLD. */
  near(box: WorldBox, accountId: number): ChartCell[]
}

export function createSnapshot(version: number, cells: readonly ChartCell[]): ChartSnapshot {
  const entries = cells.flatMap((cell) => cell.outline.boxes.map((box) => ({ cell, box })))
  const index = entries.length === 0 ? null : new Flatbush(entries.length, 16, Int32Array)
  for (const { box } of entries) index?.add(box.minX, box.minY, box.maxX, box.maxY)
  index?.finish()
  return {
    version,
    cells,
    overlays: cells.filter((cell) => cell.overlay),
    near(box, accountId) {
      if (index === null) return []
      const found = new Set<ChartCell>()
      for (const turn of turnsOnto(box, WORLD_SQUARE)) {
        const { minX, minY, maxX, maxY } = turned(box, turn)
        for (const item of index.search(minX, minY, maxX, maxY)) {
          const { cell } = entries[item]!
          if (cell.accountId === null || cell.accountId === accountId) found.add(cell)
        }
      }
      return [...found]
    },
  }
}
