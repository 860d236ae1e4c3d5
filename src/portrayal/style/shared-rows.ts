import { portrayalOf } from '#portrayal/table/portrayal-of.ts'
import type { PortrayalRow, Primitive } from '#portrayal/table/row.ts'
import { possibleRows } from './row-expression.ts'
import type { StyleContext } from './style-context.ts'

/** Rows of which at most one is drawn, with the class and primitive they are for. */
export interface RowList {
  className: string
  primitive: Primitive
  rows: readonly PortrayalRow[]
}

const known = new WeakMap<StyleContext, Map<string, RowList[]>>()

/** The lists of rows of a class that the settings allow: the look-up rows first, then each procedure that draws besides. */
export function rowLists(className: string, primitive: Primitive, context: StyleContext): RowList[] {
  const lists = known.get(context) ?? new Map<string, RowList[]>()
  known.set(context, lists)
  const key = `${className} ${primitive}`
  const done = lists.get(key) ?? listsOf(className, primitive, context)
  lists.set(key, done)
  return done
}

function listsOf(className: string, primitive: Primitive, context: StyleContext): RowList[] {
  const portrayal = portrayalOf(className, primitive, context.symbols === 'paper' ? 'paper' : 'simplified')
  if (portrayal === null) return []
  const isPlain = primitive === 'A' && context.options.areaBoundaries === 'plain'
  const bounded = (row: PortrayalRow): PortrayalRow => (isPlain ? { ...row, line: row.plainLine } : row)
  return [portrayal.rows, ...portrayal.also]
    .map((rows) => ({ className, primitive, rows: possibleRows(rows, context.settings).map(bounded) }))
    .filter(({ rows }) => rows.length > 0)
}
