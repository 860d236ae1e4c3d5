import type { MirrorCell } from '#demo/mirror-cell.ts'
import { writeCellZip } from '#demo/write-mirror-folder.ts'
import type { BandPlan } from './band-plans.ts'
import type { CellState } from './cell-state.ts'
import type { PlannedCell } from './planned-cell.ts'
import { listCell, stampCell } from './stamp-cell.ts'
import { outlineTemplate, writeTemplate } from './write-template.ts'

export interface TemplateTask {
  folder: string
  plan: BandPlan
  template: number
  seed: number
  cells: readonly { cell: PlannedCell; state: CellState; write: boolean }[]
}

/** A cell of the day: its line in the catalogue, without its files, and what was written of it. */
export interface WrittenCell {
  listed: MirrorCell
  /** Null when its zip is not written on this day. */
  written: { zipBytes: number; s57Bytes: number } | null
}

/** Runs in a worker thread: draws one template and writes the zips of its cells, one at a time. */
export default async function writeTemplateCells({ folder, plan, template, seed, cells }: TemplateTask): Promise<WrittenCell[]> {
  const drawn = cells.some(({ write }) => write) ? writeTemplate(plan, template, seed) : null
  const outline = drawn ?? outlineTemplate(plan, template, seed)
  const result: WrittenCell[] = []
  for (const { cell, state, write } of cells) {
    if (drawn === null || !write) {
      result.push({ listed: listCell(outline, cell, state), written: null })
      continue
    }
    const stamped = stampCell(drawn, cell, state)
    const zipBytes = await writeCellZip(folder, stamped)
    const s57Bytes = stamped.files.reduce((sum, { bytes }) => sum + bytes.length, 0)
    result.push({ listed: { ...stamped, files: [] }, written: { zipBytes, s57Bytes } })
  }
  return result
}
