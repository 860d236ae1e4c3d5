import type { TableRow } from '../data/table-row.ts'
import { obstrn07 } from './obstrn07.ts'
import { and, type Procedure } from './procedure.ts'

/**
 * WRECKS05: wrecks. The step `lowAccuracy` of the table changes the outline of an area alone, so every later step gets a variant with that
 * outline and its own fill. The rest is as for obstructions.
 */
export const wrecks05: Procedure = ({ rows, also }, row) => {
  const outline = rows.find((step) => step.when === 'lowAccuracy')
  const others = rows.filter((step) => step !== outline)
  const varied = outline === undefined ? others : others.flatMap((step) => [withOutline(step, outline), step])
  return obstrn07({ rows: varied, also }, row)
}

function withOutline(step: TableRow, { line, line_plain }: TableRow): TableRow {
  return { ...step, when: and('lowAccuracy', step.when), line, line_plain }
}
