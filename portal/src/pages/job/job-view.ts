import type { LogLevel } from '../../api/records.ts'

/** What is shown of a job, as the URL of its page holds it. */
export interface JobView {
  tab?: 'log' | 'details'
  /** The level of the log lines shown; all when it is left out. */
  level?: Exclude<LogLevel, 'info'>
  /** The text searched for in the log. */
  q?: string
  /** The number of the line that a link points at. */
  line?: number
}

/** Reads the view from the URL; invalid values are left out. */
export function readJobView({ tab, level, q, line }: Record<string, unknown>): JobView {
  const text = typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 200) : ''
  const seq = Number(line)
  return {
    ...(tab === 'details' || tab === 'log' ? { tab } : {}),
    ...(level === 'error' || level === 'warning' ? { level } : {}),
    ...(text === '' ? {} : { q: text }),
    ...(line !== undefined && Number.isSafeInteger(seq) && seq > 0 ? { line: seq } : {}),
  }
}
