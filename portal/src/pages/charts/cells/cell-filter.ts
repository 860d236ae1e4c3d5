import type { ChartCell } from '../../../api/charts-api.ts'
import { sourceOf } from '../../../api/source-of.ts'
import { readCamera, writeCamera } from '../../map/map-view.ts'

const SORTS = ['name', 'scale', 'issued', 'indexed'] as const
export type CellSort = (typeof SORTS)[number]

/** The public sources by the name that the API gives them, invented charts, and the uploads of the account. */
export const SOURCES = ['noaa', 'usace', 'invented', 'upload'] as const
/** Ranges of the scale's denominator: those that harbours, approaches, coasts and passages are usually charted in. */
export const SCALES = ['0-15000', '15001-50000', '50001-150000', '150001-600000', '600001-'] as const
/** Years since the last edition or update. */
export const AGES = ['1', '2', '5', '10'] as const

/** Which charts are shown, in which order, and where their map is; part of the URL. A sort with `-` is descending. */
export interface CellFilter {
  q?: string
  source?: (typeof SOURCES)[number]
  scale?: (typeof SCALES)[number]
  /** Only charts whose date is older than so many years. */
  old?: (typeof AGES)[number]
  sort?: CellSort | `-${CellSort}`
  /** Only what the map of outlines shows. */
  here?: 'only'
  /** Latitude, longitude and zoom of that map. */
  at?: string
  /** The key of the chart that was chosen. */
  chart?: string
  /** What a narrow window shows. */
  show?: 'map'
}

/** Changes to a filter; a value of undefined removes the member. */
export type FilterChanges = { [K in keyof CellFilter]?: CellFilter[K] | undefined }

export function changedFilter(before: CellFilter, changes: FilterChanges): CellFilter {
  const entries = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(entries) as CellFilter
}

/** Reads the filter from a URL; unknown values are left out. */
export function readCellFilter(search: Record<string, unknown>): CellFilter {
  const filter: CellFilter = {}
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : '')
  if (text('q') !== '') filter.q = text('q')
  assignKnown(filter, 'source', SOURCES, search)
  assignKnown(filter, 'scale', SCALES, search)
  assignKnown(filter, 'old', AGES, search)
  assignKnown(filter, 'here', ['only'], search)
  assignKnown(filter, 'show', ['map'], search)
  const sort = SORTS.flatMap((each) => [each, `-${each}`] as const).find((each) => each === search['sort'])
  if (sort !== undefined && sort !== 'name') filter.sort = sort
  const camera = readCamera(text('at'))
  if (camera !== null) filter.at = writeCamera(camera)
  if (text('chart') !== '') filter.chart = text('chart')
  return filter
}

function assignKnown<K extends 'source' | 'scale' | 'old' | 'here' | 'show'>(
  filter: CellFilter,
  key: K,
  known: readonly NonNullable<CellFilter[K]>[],
  search: Record<string, unknown>,
): void {
  const found = known.find((each) => each === search[key])
  if (found !== undefined) filter[key] = found
}

/** The order after a click on a column: first ascending, then descending. */
export function nextSort(now: CellFilter['sort'], column: CellSort): CellFilter['sort'] {
  return (now ?? 'name') === column ? `-${column}` : column
}

/** By code unit, because names are letters and digits, and thousands are compared with each key that is typed. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The charts that the filter lets through, in its order; ties are sorted by name. @param now milliseconds. */
export function filterCells(cells: readonly ChartCell[], filter: CellFilter, now: number): ChartCell[] {
  const { q, source, scale, old, sort = 'name' } = filter
  const wanted = q?.toLowerCase()
  const [from = 0, to = Number.POSITIVE_INFINITY] = scale === undefined ? [] : rangeOf(scale)
  const before = old === undefined ? null : yearsBefore(now, Number(old))
  const found = cells.filter(
    (cell) =>
      (source === undefined || sourceOf(cell) === source) &&
      cell.scale >= from &&
      cell.scale <= to &&
      (before === null || (issued(cell) !== '' && issued(cell) < before)) &&
      (wanted === undefined || cell.name.toLowerCase().includes(wanted) || cell.title?.toLowerCase().includes(wanted) === true),
  )
  const falls = sort.startsWith('-')
  const compare = COMPARE[(falls ? sort.slice(1) : sort) as CellSort]
  return found.sort((a, b) => (falls ? -compare(a, b) : compare(a, b)) || compareText(a.name, b.name))
}

/** First and last denominator of a range of scales; the last of the open range is infinite. */
export function rangeOf(scale: (typeof SCALES)[number]): [number, number] {
  const [from = '', to = ''] = scale.split('-')
  return [Number(from), to === '' ? Number.POSITIVE_INFINITY : Number(to)]
}

/** YYYY-MM-DD. */
function yearsBefore(now: number, years: number): string {
  const date = new Date(now)
  date.setUTCFullYear(date.getUTCFullYear() - years)
  return date.toISOString().slice(0, 10)
}

/** The date of a chart: of its last update, or else of its edition; empty when it states none. */
export function issued({ updateDate, issueDate }: Pick<ChartCell, 'updateDate' | 'issueDate'>): string {
  return updateDate ?? issueDate ?? ''
}

const COMPARE: Readonly<Record<CellSort, (a: ChartCell, b: ChartCell) => number>> = {
  name: (a, b) => compareText(a.name, b.name),
  scale: (a, b) => a.scale - b.scale,
  issued: (a, b) => compareText(issued(a), issued(b)),
  indexed: (a, b) => a.indexedAt - b.indexedAt,
}
