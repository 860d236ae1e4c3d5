import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { clipRingsToBox, intersectRings, subtractRings } from '#geo/overlay/clip-rings.ts'
import { boxRing, doubleGridArea, type GridRings } from '#geo/overlay/grid.ts'
import type { PlanGround } from '#tiles/plan/plan-ground.ts'
import { orderCells } from '#tiles/quilt/cell-order.ts'
import type { ChartCell } from '#tiles/view/chart-snapshot.ts'
import { outlineOnGrid } from '#tiles/view/outline.ts'

const areaOf = (rings: GridRings) => Math.abs(rings.reduce((sum, ring) => sum + doubleGridArea(ring), 0)) / 2

/** The cells with ground in and around a tile, found the long way: each cell in turn is overlaid with everything that is still open. */
export function plainQuilt(cells: readonly ChartCell[], { frame, far, zoom }: PlanGround): ChartCell[] {
  const wide = { ...frame, box: far }
  let open: GridRings = [boxRing(far)]
  const found: ChartCell[] = []
  for (const cell of orderCells(cells, zoom)) {
    const coverage = cleanPolygon(clipRingsToBox(outlineOnGrid(cell.outline, wide), far)).flat()
    const [covered, taken] = [areaOf(coverage), areaOf(intersectRings(coverage, open))]
    if (covered === 0 || (taken < 4 && taken < covered / 2)) continue
    found.push(cell)
    open = subtractRings(open, coverage)
    if (areaOf(open) < 4) break
  }
  return found
}

/** Whether a cell is smaller than a unit on the grid of a tile: it draws without taking ground, which the plain quilt leaves out. */
export function isSpeck(cell: ChartCell, { frame, far }: PlanGround): boolean {
  return cleanPolygon(clipRingsToBox(outlineOnGrid(cell.outline, { ...frame, box: far }), far)).length === 0
}
