import type { TableRow } from './table-row.ts'

/** Splits the text of a table into rows: lines, with tabs between the columns. */
export function rowsOf(text: string): readonly TableRow[] {
  return text.split('\n').map((line) => {
    const cells = line.split('\t')
    const cell = (column: number) => cells[column] ?? ''
    return {
      class: cell(0),
      prim: cell(1),
      n: cell(2),
      when: cell(3),
      prio: cell(4),
      cat: cell(5),
      vg: cell(6),
      fill: cell(7),
      pattern: cell(8),
      line: cell(9),
      line_plain: cell(10),
      symbol: cell(11),
      text: cell(12),
      csp: cell(13),
    }
  })
}
