import { counted } from '#lib/quantities.ts'

/** Gathers the warnings of many cells by kind, for a log that people can read. */
export interface WarningSummary {
  add(cell: string, warnings: readonly string[]): void
  /** A line for each kind, the most frequent first: how often, in which cells, and the first of them word for word. */
  lines(): string[]
}

const MOST_KINDS = 50
const NAMES = 5

export function createWarningSummary(): WarningSummary {
  const kinds = new Map<string, { count: number; cells: Set<string>; first: string }>()
  let others = 0
  return {
    add(cell, warnings) {
      for (const warning of warnings) {
        const kind = kindOf(cell, warning)
        const known = kinds.get(kind)
        if (known !== undefined) {
          known.count++
          known.cells.add(cell)
        } else if (kinds.size < MOST_KINDS) kinds.set(kind, { count: 1, cells: new Set([cell]), first: warning })
        else others++
      }
    },
    lines() {
      const lines = [...kinds.values()]
        .sort((a, b) => b.count - a.count)
        .map(({ count, cells, first }) => {
          const names = [...cells].slice(0, NAMES).join(', ')
          const more = cells.size > NAMES ? ` and ${cells.size - NAMES} more` : ''
          return `${counted(count, 'warning')} in ${counted(cells.size, 'cell')} (${names}${more}), such as: ${first}`
        })
      if (others > 0) lines.push(`${counted(others, 'warning')} of other kinds; the reports on the cells have them`)
      return lines
    },
  }
}

/** A warning without the name of its cell, numbers and quoted values. */
function kindOf(cell: string, warning: string): string {
  return warning
    .replaceAll(cell, '')
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/\d+/g, '0')
    .replaceAll(/\([A-Z_0-9]+\)/g, '()')
}
