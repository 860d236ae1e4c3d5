import type { Procedure } from './procedure.ts'

/** Two shades of water instead of four: safe and not safe, and what dries. */
const TWO_SHADES: readonly [when: string, token: string][] = [
  ['twoShades & D1>=S & D2>S', 'DEPDW'],
  ['twoShades & D1>=0 & D2>0', 'DEPVS'],
  ['twoShades', 'DEPIT'],
]

/** SEABED01: the colour of a depth area. The table has the four shades. */
export const seabed01: Procedure = ({ rows, also }) => {
  const [first] = rows
  const shades = first === undefined ? [] : TWO_SHADES.map(([when, fill]) => ({ ...first, when, fill }))
  return { rows: [...shades, ...rows], also }
}
