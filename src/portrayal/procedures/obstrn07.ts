import type { Procedure } from './procedure.ts'
import { lowAccuracyMark } from './quapos01.ts'
import { udwhaz05 } from './udwhaz05.ts'

/** OBSTRN07: obstructions and rocks. The table has the symbols; isolated dangers and low accuracy come on top. */
export const obstrn07: Procedure = (steps, row) => {
  const { rows, also } = udwhaz05(steps, row)
  return row.prim === 'L' ? { rows, also } : { rows, also: [...also, [lowAccuracyMark(row)]] }
}
