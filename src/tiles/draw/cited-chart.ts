import type { CompiledCell } from '#compiled/format/compiled-cell.ts'

/** The chart that an answer cites as its source. */
export interface CitedChart {
  cell: string
  edition: number
  update: number
  /** Denominator of the compilation scale. */
  scale: number
  /** 'YYYY-MM-DD'. */
  issueDate: string | null
  updateDate: string | null
}

/** Returns the chart to cite for a feature of a cell. */
export function citedChart({ header }: CompiledCell): CitedChart {
  const { name, edition, update, compilationScale, issueDate, updateDate } = header
  return { cell: name, edition, update, scale: compilationScale, issueDate, updateDate }
}
