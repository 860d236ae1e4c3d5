import type { TableRow } from '../data/table-row.ts'
import type { Procedure } from './procedure.ts'

const SYMBOLS = '{sy1}@sy1Rotation + {sy2}@sy2Rotation + {sy3}@sy3Rotation'
const TEXTS = '{tx1} left 1,0 g24 ;; {tx2} left 1,1 g24'

/**
 * SYMINS02: new objects that say how to draw them. The tiles carry the instructions as properties (docs/tiles.md). A simple line (`ls`) is an
 * image too, because any colour and dash may come; fills (`ac`, `ap`) are layers of their own in the style.
 */
export const symins02: Procedure = ({ also }, row) => {
  const drawn: TableRow = { ...row, symbol: SYMBOLS, text: TEXTS }
  if (row.prim === 'P') return { rows: [drawn], also }
  const complex: TableRow = { ...drawn, when: 'lc', line: 'lc {lc}', line_plain: '=' }
  const simple: TableRow = { ...drawn, when: 'ls', line: 'lc LS-{ls}-{lsColour}', line_plain: '=' }
  return { rows: [complex, simple, drawn], also }
}
