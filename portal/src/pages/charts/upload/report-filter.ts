import type { CellReport } from '../../../api/charts-api.ts'

/** Which cells of a report are shown; part of the URL. */
export interface ReportFilter {
  status?: CellReport['status']
  q?: string
}

/** The states in the order of a report: what needs attention comes first. */
export const ORDER = ['failed', 'waiting', 'pending', 'cancelled', 'indexed'] as const

/** Reads the filter from a URL; unknown values are left out. */
export function readReportFilter(search: Record<string, unknown>): ReportFilter {
  const status = ORDER.find((each) => each === search['status'])
  const q = typeof search['q'] === 'string' && search['q'] !== '' ? search['q'] : undefined
  return { ...(status === undefined ? {} : { status }), ...(q === undefined ? {} : { q }) }
}

/** The cells that match the filter: failed and waiting first, then by name. */
export function filterReports(cells: readonly CellReport[], { status, q }: ReportFilter): CellReport[] {
  const wanted = q?.toLowerCase()
  return cells
    .filter((cell) => status === undefined || cell.status === status)
    .filter((cell) => wanted === undefined || `${cell.name} ${cell.title ?? ''}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || a.name.localeCompare(b.name, 'en'))
}
