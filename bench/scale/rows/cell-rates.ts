/** How many cells were visible at a time (milliseconds of `performance.now()`). */
export interface CellCount {
  at: number
  cells: number
}

/** Cells a second while the first tenth of the cells became visible, while the second tenth did, and so on. */
export function ratesOf(counts: readonly CellCount[], cells: number): number[] {
  const begun = beginOf(counts)
  const timeOf = (tenths: number) => (tenths === 0 ? begun : timeOfCount(counts, (tenths * cells) / 10))
  return Array.from({ length: 10 }, (_, tenth) => cells / 10 / ((timeOf(tenth + 1) - timeOf(tenth)) / 1_000))
}

/** From the first visible cell to the last: the catalogue is read and the zips are copied before. */
export function indexingMilliseconds(counts: readonly CellCount[], cells: number): number {
  return timeOfCount(counts, cells) - beginOf(counts)
}

/** The last count of no cells. */
function beginOf(counts: readonly CellCount[]): number {
  const first = counts.findIndex((count) => count.cells > 0)
  return counts[Math.max(0, first - 1)]?.at ?? Number.NaN
}

/** When the wanted number of cells was visible, interpolated between two counts. */
function timeOfCount(counts: readonly CellCount[], wanted: number): number {
  const after = counts.findIndex((count) => count.cells >= wanted)
  const [later, earlier] = [counts[after], counts[after - 1]]
  if (later === undefined) return Number.NaN
  if (earlier === undefined || later.cells === earlier.cells) return later.at
  return earlier.at + ((later.at - earlier.at) * (wanted - earlier.cells)) / (later.cells - earlier.cells)
}
