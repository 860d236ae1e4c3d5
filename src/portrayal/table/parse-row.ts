import type { TableRow } from '../data/table-row.ts'
import { parseCondition } from './parse-condition.ts'
import { parseFill, parseLine, parseSymbols } from './parse-drawing.ts'
import { parseTexts } from './parse-texts.ts'
import type { DisplayCategory, PortrayalRow } from './row.ts'

const CATEGORIES: ReadonlyMap<string, DisplayCategory> = new Map([
  ['base', 'base'],
  ['standard', 'standard'],
  ['other', 'other'],
  ['-', 'other'], // what is never drawn has no category
])

/** Parses a row of a portrayal table. Throws an `Error` that names the row and quotes the column. */
export function parseRow(row: TableRow): PortrayalRow {
  try {
    const category = CATEGORIES.get(row.cat)
    if (category === undefined) throw new Error(`Category "${row.cat}": expected base, standard or other`)
    if (!/^\d$/.test(row.prio)) throw new Error(`Priority "${row.prio}": expected 0 to 9`)
    const line = parseLine(row.line)
    return {
      when: parseCondition(row.when),
      priority: Number(row.prio),
      category,
      viewingGroup: Number(row.vg),
      fill: parseFill(row.fill),
      pattern: row.pattern === '' ? null : row.pattern,
      line,
      plainLine: row.line_plain === '=' ? line : parseLine(row.line_plain),
      symbols: parseSymbols(row.symbol),
      texts: parseTexts(row.text),
    }
  } catch (error) {
    throw new Error(`Portrayal of ${row.class} (${row.prim}), row ${row.n}: ${error instanceof Error ? error.message : error}`)
  }
}
