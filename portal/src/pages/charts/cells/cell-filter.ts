import type { ChartCell } from '../../../api/charts-api.ts'

export const SORTS = ['name', 'scale', 'issued', 'indexed'] as const
export type CellSort = (typeof SORTS)[number]

/** Which charts are shown, and in which order; part of the address. A sort with `-` falls. */
export interface CellFilter {
  q?: string
  source?: 'noaa' | 'upload'
  sort?: CellSort | `-${CellSort}`
}

/** Reads the filter of an address; what it does not know is left out. */
export function readCellFilter(search: Record<string, unknown>): CellFilter {
  const filter: CellFilter = {}
  if (typeof search['q'] === 'string' && search['q'] !== '') filter.q = search['q']
  if (search['source'] === 'noaa' || search['source'] === 'upload') filter.source = search['source']
  const sort = SORTS.flatMap((each) => [each, `-${each}`] as const).find((each) => each === search['sort'])
  if (sort !== undefined && sort !== 'name') filter.sort = sort
  return filter
}

/** The order after a click on a column: first rising, then falling. */
export function nextSort(now: CellFilter['sort'], column: CellSort): CellFilter['sort'] {
  return (now ?? 'name') === column ? `-${column}` : column
}

const text = new Intl.Collator('en')

/** The charts that the filter lets through, in its order; charts that are alike are sorted by name. */
export function filterCells(cells: readonly ChartCell[], { q, source, sort = 'name' }: CellFilter): ChartCell[] {
  const wanted = q?.toLowerCase()
  const found = cells.filter(
    (cell) =>
      (source === undefined || cell.source === source) &&
      (wanted === undefined || cell.name.toLowerCase().includes(wanted) || cell.title?.toLowerCase().includes(wanted) === true),
  )
  const falls = sort.startsWith('-')
  const compare = COMPARE[(falls ? sort.slice(1) : sort) as CellSort]
  return found.sort((a, b) => (falls ? -compare(a, b) : compare(a, b)) || text.compare(a.name, b.name))
}

const issued = ({ updateDate, issueDate }: ChartCell): string => updateDate ?? issueDate ?? ''
const COMPARE: Readonly<Record<CellSort, (a: ChartCell, b: ChartCell) => number>> = {
  name: (a, b) => text.compare(a.name, b.name),
  scale: (a, b) => a.scale - b.scale,
  issued: (a, b) => text.compare(issued(a), issued(b)),
  indexed: (a, b) => a.indexedAt - b.indexedAt,
}
