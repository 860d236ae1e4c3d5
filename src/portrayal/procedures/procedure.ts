import type { TableRow } from '../data/table-row.ts'

/** What a conditional procedure turns a look-up row into: rows to match instead of it, and lists that are matched separately. */
export interface Steps {
  rows: readonly TableRow[]
  also: readonly (readonly TableRow[])[]
}

/**
 * The part of a conditional procedure of S-52 that the steps of the table (`c1`, `c2`...) cannot express. `row` is the look-up row that
 * names the procedure.
 */
export type Procedure = (steps: Steps, row: TableRow) => Steps

/** Both conditions, as text. */
export function and(left: string, right: string): string {
  if (left === '*') return right
  if (right === '*') return left
  return [left, right].map((each) => (each.includes(' | ') ? `(${each})` : each)).join(' & ')
}
