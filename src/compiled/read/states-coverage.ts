import type { CompiledCell } from '../format/compiled-cell.ts'

/** OBJL of M_COVR (S-57 appendix A, chapter 1). */
const M_COVR = 302

/** Whether a cell has a coverage area (M_COVR) of its own. Without one, it covers the ground of its group 1 areas only. */
export function statesCoverage({ objectClass, partStart, featureCount }: CompiledCell): boolean {
  // Features are in the order of their class.
  let first = 0
  let end = featureCount
  while (first < end) {
    const middle = (first + end) >>> 1
    if (objectClass[middle]! < M_COVR) first = middle + 1
    else end = middle
  }
  for (let feature = first; feature < featureCount && objectClass[feature] === M_COVR; feature++) {
    if (partStart[feature + 1]! > partStart[feature]!) return true
  }
  return false
}
