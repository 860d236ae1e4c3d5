import type { TableRow } from '../data/table-row.ts'

const ON_REQUEST = { prio: '7', cat: 'other', vg: '31011', when: 'lowAccuracy & showLowAccuracy' }
const NOTHING = { fill: '', pattern: '', line: '', line_plain: '', text: '', csp: '' }

/**
 * QUAPOS01 and its part QUAPNT02: a question mark over a point or area of low accuracy, when the user asks for it. The table has the rows
 * for land and shore constructions, and the steps for lines; this makes the row for dangers.
 */
export function lowAccuracyMark(row: TableRow): TableRow {
  return { ...row, ...NOTHING, ...ON_REQUEST, n: 'a1', symbol: 'LOWACC01' }
}
