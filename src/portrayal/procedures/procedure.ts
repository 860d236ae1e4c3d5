import type { TableRow } from '../data/table-row.ts'

/** What a conditional procedure makes of a look-up row: rows to match instead of it, and lists that are matched apart. */
export interface Steps {
  rows: readonly TableRow[]
  also: readonly (readonly TableRow[])[]
}

/**
 * A conditional procedure of S-52 as far as the steps of the table (`c1`, `c2`...) do not say it. `row` is the look-up row that names the
 * procedure.
 */
export type Procedure = (steps: Steps, row: TableRow) => Steps

/** Both conditions, as text. */
export function and(left: string, right: string): string {
  if (left === '*') return right
  if (right === '*') return left
  return [left, right].map((each) => (each.includes(' | ') ? `(${each})` : each)).join(' & ')
}
