import type { Cell } from '#s57/cell.ts'
import { NOWHERE } from '../format/compiled-cell.ts'
import { HEADER_FIELDS } from '../format/compiled-format.ts'
import type { IntegerBox } from './cell-box.ts'
import type { TextTable } from './text-table.ts'

/** Builds the section `header`: the fields of `HEADER_FIELDS`, texts as their index in the table. */
export function headerSection(
  cell: Cell,
  derived: {
    texts: TextTable
    compilationScale: number
    nativeZoom: number
    box: IntegerBox
    /** First part of the coverage, and the first after it. */
    coverage: readonly [start: number, end: number]
  },
): Float64Array {
  const { texts, compilationScale, nativeZoom, box, coverage } = derived
  const textOrNone = (text: string | null) => (text === null ? NOWHERE : texts.indexOf(text))
  const fields: Record<(typeof HEADER_FIELDS)[number], number> = {
    name: texts.indexOf(cell.name),
    edition: cell.edition,
    update: cell.updateNumber,
    issueDate: textOrNone(cell.issueDate),
    updateDate: textOrNone(cell.updateApplicationDate),
    producer: cell.producer,
    usageBand: cell.usageBand,
    compilationScale,
    nativeZoom,
    minX: box[0],
    minY: box[1],
    maxX: box[2],
    maxY: box[3],
    coverageStart: coverage[0],
    coverageEnd: coverage[1],
  }
  return Float64Array.from(HEADER_FIELDS, (name) => fields[name])
}
