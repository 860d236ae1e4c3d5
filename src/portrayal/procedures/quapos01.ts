import type { TableRow } from '../data/table-row.ts'
import type { Procedure } from './procedure.ts'

const ON_REQUEST = { prio: '7', cat: 'other', vg: '31011', when: 'lowAccuracy & showLowAccuracy' }
const NOTHING = { fill: '', pattern: '', line: '', line_plain: '', text: '', csp: '' }

/** QUAPNT02: a question mark over a point or area of low accuracy, when the user asks for it. The table has no such rows for dangers. */
export function lowAccuracyMark(row: TableRow): TableRow {
  return { ...row, ...NOTHING, ...ON_REQUEST, n: 'a1', symbol: 'LOWACC01' }
}

/** QUAPOS01: coasts and land of low accuracy. The steps of a line draw it; the text of the look-up row stays. */
export const quapos01: Procedure = ({ rows, also }, row) => {
  return { rows: rows.map((step) => ({ ...step, text: step.text === '' ? row.text : step.text })), also }
}
