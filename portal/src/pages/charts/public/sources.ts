import type { CellCounts } from '../../../api/charts-api.ts'
import type { Instance, JobSummary } from '../../../api/records.ts'
import { sourceOf } from '../../../api/source-of.ts'
import { counted } from '../../../text/plural.ts'

/** A source of public charts, with the variable by which the operator sets its catalogue. */
export interface PublicSource {
  id: 'noaa' | 'usace'
  name: string
  about: string
  variable: string
}

/** The sources in the order in which a refresh reads them. */
export const PUBLIC_SOURCES: readonly PublicSource[] = [
  { id: 'noaa', name: 'NOAA', about: 'Sea charts of the United States', variable: 'PUBLIC_CHARTS_URL' },
  {
    id: 'usace',
    name: 'USACE',
    about: 'Charts of the inland waterways of the United States, from the US Army Corps of Engineers',
    variable: 'PUBLIC_INLAND_CHARTS_URL',
  },
]

/** The name of a source, depending on what the server has of it. */
export interface NamedSource {
  name: string
  about: string
  isInvented: boolean
}

/**
 * Names a source. Its catalogue may list only invented charts, like that of the demo, and those are not the producer's.
 * @param failed names of its charts that failed last time.
 */
export function namedSource({ id, name, about }: PublicSource, held: CellCounts, failed: readonly string[]): NamedSource {
  const real = held.all - held.invented + failed.filter((chart) => sourceOf({ name: chart, source: id }) !== 'invented').length
  if (real > 0 || held.all + failed.length === 0) return { name, about, isInvented: false }
  return {
    name: 'Invented charts',
    about: 'A coast that does not exist, made up for demonstrations and tests. Not for navigation',
    isInvented: true,
  }
}

/** The value of a setting; null when it is not set or not shown to this user. */
export function settingOf(instance: Instance | undefined, name: string): string | null {
  return instance?.settings?.find((setting) => setting.name === name)?.value ?? null
}

/** The filter of the operator (JSON) in words: "Names: US5GA*. States: GA, SC." */
export function filterWords(filter: string | null): string {
  if (filter === null) return 'None: every chart of the catalogue'
  const { names, states, boxes } = JSON.parse(filter) as { names: string[]; states: string[]; boxes: number[][] }
  const parts = [
    names.length > 0 ? `Names: ${names.join(', ')}.` : '',
    states.length > 0 ? `States: ${states.join(', ')}.` : '',
    boxes.length > 0 ? `Areas (west, south, east, north): ${boxes.map((box) => box.join(', ')).join('; ')}.` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** What the last refresh found for a source: "12 charts checked, 2 read, 1 failed"; null when the job does not say. */
export function checkWords(job: Pick<JobSummary, 'result'>, source: string): string | null {
  const sources = job.result?.['sources']
  const counts = isRecord(sources) ? sources[source] : source === 'noaa' ? job.result : null
  if (!isRecord(counts) || typeof counts['checked'] !== 'number') return null
  if (typeof counts['error'] === 'string') return counts['error']
  const parts = [`${counted(counts['checked'], 'chart')} checked`]
  for (const [field, word] of [
    ['indexed', 'new or changed'],
    ['cancelled', 'cancelled'],
    ['withdrawn', 'withdrawn'],
    ['failed', 'failed'],
  ] as const) {
    const count = counts[field]
    if (typeof count === 'number' && count > 0) parts.push(`${count} ${word}`)
  }
  return parts.join(', ')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
