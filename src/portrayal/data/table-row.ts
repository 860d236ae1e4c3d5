/** One row of `assets/portrayal/*.csv` as text. docs/portrayal.md explains the columns. */
export interface TableRow {
  class: string
  prim: string
  /** `1`, `2`... for look-up rows, `c1`, `c2`... for the steps of a conditional procedure, `a1`, `a2`... for what is drawn too. */
  n: string
  when: string
  prio: string
  cat: string
  vg: string
  fill: string
  pattern: string
  line: string
  line_plain: string
  symbol: string
  text: string
  /** Conditional procedures, separated by spaces. */
  csp: string
}
