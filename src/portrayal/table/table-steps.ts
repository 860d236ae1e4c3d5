import { PAPER } from '../data/paper.ts'
import { SIMPLIFIED } from '../data/simplified.ts'
import type { TableRow } from '../data/table-row.ts'
import { and, type Steps } from '../procedures/procedure.ts'
import { PROCEDURES } from '../procedures/procedures.ts'
import { restrn01 } from '../procedures/restrn01.ts'
import type { Primitive, SymbolSet } from './row.ts'

const simplified = grouped(SIMPLIFIED)
const paper = grouped(PAPER)
const restrictions = simplified.get(key('(RESTRN)', 'A')) ?? []

/** Class and primitive of every row, in the order of the tables. */
export const TABLE_KEYS: readonly { objectClass: string; primitive: string }[] = [
  ...simplified.values(),
  ...paper.values(),
].flatMap(([row]) => (row === undefined ? [] : [{ objectClass: row.class, primitive: row.prim }]))

/**
 * The rows of a class with one primitive as text, with the conditional procedures carried out; null when the tables have none. The paper
 * table lists points alone and leaves the steps of procedures to the other table.
 */
export function tableSteps(objectClass: string, primitive: Primitive, set: SymbolSet): Steps | null {
  const own = simplified.get(key(objectClass, primitive)) ?? []
  const lookUp = (set === 'paper' ? paper.get(key(objectClass, primitive)) : undefined) ?? own
  if (lookUp.length === 0) return null
  const steps = own.filter((row) => row.n.startsWith('c'))
  const also = own.filter((row) => row.n.startsWith('a')).map((row) => [row])
  const restricted = [...lookUp, ...also.flat()].find((row) => /RESTRN01|RESCSP02/.test(row.csp))
  const start: Steps = { rows: [], also: restricted === undefined ? also : [...also, restrn01(restrictions, restricted)] }
  return lookUp
    .filter((row) => /^\d/.test(row.n))
    .reduce((done, row) => {
      const { rows, also } = replaced(row, steps)
      return { rows: [...done.rows, ...rows], also: [...done.also, ...also] }
    }, start)
}

/** Applies the procedure of a look-up row; a row without one is returned unchanged. */
function replaced(row: TableRow, steps: readonly TableRow[]): Steps {
  const procedure = PROCEDURES.get(row.csp)
  if (procedure === undefined) {
    if (row.csp !== '' && row.csp !== 'RESTRN01')
      throw new Error(`Portrayal of ${row.class}: the procedure ${row.csp} does not exist`)
    return { rows: [row], also: [] }
  }
  const { rows, also } = procedure({ rows: steps.length === 0 ? [row] : steps, also: [] }, row)
  return { rows: rows.map((each) => (each === row ? row : { ...each, when: and(row.when, each.when) })), also }
}

function grouped(rows: readonly TableRow[]): ReadonlyMap<string, readonly TableRow[]> {
  return Map.groupBy(rows, (row) => key(row.class, row.prim))
}

function key(objectClass: string, primitive: string): string {
  return `${objectClass} ${primitive}`
}
