import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import type { GapReason, Unknown } from './depth-answer.ts'
import { both, without } from './intervals.ts'
import type { Interval } from './touch-shape.ts'

/** What is known about one stretch so far. Depths in millimetres. */
export class DepthTally {
  /** Infinity before any. */
  shoalest = Infinity
  /** -Infinity before any. */
  deepest = -Infinity
  isDeepestKnown = true
  readonly unknowns = new Set<Unknown>()
  /** The cell of the shoalest depth. */
  shoalestCell: CompiledCell | null = null
  /** The first cell that draws some of the stretch. */
  ownerCell: CompiledCell | null = null
  /** Parts of the stretch that cells cover. */
  covered: Interval[] = []
  readonly gaps: { interval: Interval; reason: GapReason }[] = []
  /** Whether a cell covers the stretch and everything within reach, so that later cells do not matter to it. */
  isClosed = false

  /** A depth within reach. */
  shoal(millimetres: number, cell: CompiledCell): void {
    if (millimetres >= this.shoalest) return
    this.shoalest = millimetres
    this.shoalestCell = cell
  }

  /** The greatest depth of an area within reach; null when the chart gives none. */
  deep(millimetres: number | null): void {
    if (millimetres === null) this.isDeepestKnown = false
    else this.deepest = Math.max(this.deepest, millimetres)
  }

  /** Parts of the stretch without a depth, on ground that the cell draws. */
  gap(parts: readonly Interval[], own: readonly Interval[], reason: GapReason): void {
    for (const interval of both(parts, own)) this.gaps.push({ interval, reason })
  }

  /** Claims the ground of a cell. @returns what it draws: its ground without that of earlier cells. */
  cover(inside: readonly Interval[], cell: CompiledCell): Interval[] {
    const own = without(inside, this.covered)
    if (own.length > 0) this.ownerCell ??= cell
    this.covered = [...this.covered, ...own].sort((a, b) => a[0] - b[0])
    return own
  }

  /** Parts of the stretch that no cell covers. */
  open(): Interval[] {
    return without([[0, 1]], this.covered)
  }
}
