import { compareCells, firstZoom, type RankedCell, scaleOf } from './cell-order.ts'

/** The order of claim among a set of cells, at every zoom. */
export interface CellRanks<T> {
  /** Some of the cells in the order of `orderCells`. @param indices of cells in `all`, in any order. */
  order(indices: Iterable<number>, zoom: number): T[]
  /** All cells, finest scale first: the `all` of the next ranks, with new cells added, is sorted fastest in this order. */
  readonly all: readonly T[]
}

/**
 * Ranks cells once for all zooms: at any zoom the cells meant for it come finest first and the others coarsest first, so two ranks of
 * each cell are enough, and ordering some of them sorts numbers.
 *
 * @param cells in any order.
 */
export function rankCells<T extends RankedCell>(cells: readonly T[]): CellRanks<T> {
  const all = cells.toSorted((a, b) => scaleOf(a) - scaleOf(b) || compareCells(a, b))
  const count = all.length
  const zooms = Uint8Array.from(all, firstZoom)
  /** Rank by index, coarsest first; cells of one scale keep their order. */
  const coarse = new Uint32Array(count)
  const byCoarse = new Uint32Array(count)
  let rank = 0
  for (let end = count; end > 0; ) {
    let begin = end - 1
    while (begin > 0 && scaleOf(all[begin - 1]!) === scaleOf(all[begin]!)) begin--
    for (let i = begin; i < end; i++) {
      byCoarse[rank] = i
      coarse[i] = rank++
    }
    end = begin
  }
  return {
    all,
    order(indices, zoom) {
      const keys = Uint32Array.from(indices, (i) => (zooms[i]! <= zoom ? i : count + coarse[i]!)).sort()
      return Array.from(keys, (key) => all[key < count ? key : byCoarse[key - count]!]!)
    },
  }
}
