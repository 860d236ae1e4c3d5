import type { TableRow } from '../data/table-row.ts'
import { and, type Procedure } from './procedure.ts'

const EXPOSED = { prio: '8', cat: 'base', vg: '14050' }
const EXPOSED_SHALLOW = { prio: '8', cat: 'standard', vg: '24050' }
const ISOLATED_SHALLOW = { prio: '8', cat: 'standard', vg: '24020' }

/**
 * UDWHAZ05: isolated dangers. The table has the steps for `danger=isolated`, and for points `danger=isolatedShallow`. Lines and areas
 * get the same in shallow water; objects that are always above water keep their symbols, but the user cannot hide them.
 */
export const udwhaz05: Procedure = ({ rows, also }) => {
  const hasShallow = rows.some((row) => row.when.includes('danger=isolatedShallow'))
  return { rows: rows.flatMap((row) => variants(row, hasShallow)), also }
}

function variants(row: TableRow, hasShallow: boolean): TableRow[] {
  if (row.when.includes('danger=isolatedShallow')) return [row]
  if (row.when.includes('danger=isolated')) {
    const when = row.when.replace('danger=isolated', 'danger=isolatedShallow')
    return hasShallow ? [row] : [row, { ...row, ...ISOLATED_SHALLOW, when }]
  }
  if (!mayBeAboveWater(row.when)) return [row]
  return [
    { ...row, ...EXPOSED, when: and('danger=exposed', row.when) },
    { ...row, ...EXPOSED_SHALLOW, when: and('danger=exposedShallow', row.when) },
    row,
  ]
}

/** False when the row asks for a WATLEV other than 1 and 2, always above water. */
function mayBeAboveWater(when: string): boolean {
  const levels = /\bWATLEV=([\d|]+)/.exec(when)?.[1]?.split('|')
  return levels === undefined || levels.includes('1') || levels.includes('2')
}
