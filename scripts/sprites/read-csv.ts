import { readFileSync } from 'node:fs'
import { csvFields } from '../csv-fields.ts'

/** Reads a CSV file with a heading. Quoted values may contain commas, and `""` for a quote. Every row has every column. */
export function readCsv<Column extends string>(file: string, columns: readonly Column[]): Record<Column, string>[] {
  const [heading = [], ...rows] = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(csvFields)
  const places = columns.map((column) => [column, heading.indexOf(column)] as const)
  const missing = places.find(([, at]) => at === -1)
  if (missing !== undefined) throw new Error(`${file} has no column ${missing[0]}`)
  return rows.map((row) => Object.fromEntries(places.map(([column, at]) => [column, row[at] ?? ''])) as Record<Column, string>)
}
