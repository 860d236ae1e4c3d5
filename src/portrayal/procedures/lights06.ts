import type { TableRow } from '../data/table-row.ts'
import { and, type Procedure } from './procedure.ts'

/** Flares by colour, first match. Alternating lights have two colours, in any order. */
const FLARES: readonly [when: string, symbol: string][] = [
  ['COLOUR=3|1,3|3,1', 'LIGHTS11'],
  ['COLOUR=4|1,4|4,1', 'LIGHTS12'],
  ['COLOUR=1|6|11|5,6|6,5', 'LIGHTS13'],
  ['COLOUR=5', 'LIGHTS14'],
  ['*', 'LITDEF11'],
]

/**
 * LIGHTS06: lights. Where a step of the table draws a `flare`, the colour of the light chooses the symbol. Arcs, circles and legs have tile
 * layers of their own.
 */
export const lights06: Procedure = ({ rows, also }) => ({ rows: rows.flatMap(byColour), also })

function byColour(row: TableRow): TableRow[] {
  const turned = /^flare(@.+)$/.exec(row.symbol)?.[1]
  if (turned === undefined) return [row]
  return FLARES.map(([when, symbol]) => ({ ...row, when: and(row.when, when), symbol: symbol + turned }))
}
