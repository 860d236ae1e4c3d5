import type { CompiledCell } from '#compiled/format/compiled-cell.ts'

/** The chart that an answer comes from. */
export interface ChartSource {
  cell: string
  edition: number
  update: number
  /** Denominator of the compilation scale. */
  scale: number
  /** 'YYYY-MM-DD'. */
  issueDate: string | null
  updateDate: string | null
}

/** Returns the chart that a feature of a cell comes from. */
export function sourceOf({ header }: CompiledCell): ChartSource {
  const { name, edition, update, compilationScale, issueDate, updateDate } = header
  return { cell: name, edition, update, scale: compilationScale, issueDate, updateDate }
}
