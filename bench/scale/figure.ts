/** One measured figure beside the aim it has to reach. */
export interface Figure {
  what: string
  measured: string
  /** Empty where there is no aim. */
  aim: string
}

/** The value below which a share of the values lie; not a number when there are none. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}

/** Milliseconds as a person reads them: `3.1 ms`, `240 ms`, `6.9 s`. */
export function duration(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return 'none'
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
}

/** `p50 3.1 ms, p99 20 ms, max 45 ms`. */
export function spreadOf(milliseconds: readonly number[]): string {
  return `p50 ${duration(quantile(milliseconds, 0.5))}, p99 ${duration(quantile(milliseconds, 0.99))}, max ${duration(quantile(milliseconds, 1))}`
}

/** Answers other than 200, such as ` (16 x 500)`; empty when there is none. */
export function failuresOf(answers: readonly { status: number }[]): string {
  const failed = Map.groupBy(
    answers.filter(({ status }) => status !== 200),
    ({ status }) => status,
  )
  return failed.size === 0 ? '' : ` (${[...failed].map(([status, list]) => `${list.length} x ${status}`).join(', ')})`
}

export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`

/** Figures as a table of Markdown, columns aligned. */
export function markdownTable(figures: readonly Figure[]): string {
  const rows = [['what', 'measured', 'aim'], ...figures.map(({ what, measured, aim }) => [what, measured, aim])]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[], fill: string) =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width, fill)).join(' | ')} |`
  return [line(rows[0] ?? [], ' '), line([], '-'), ...rows.slice(1).map((row) => line(row, ' '))].join('\n')
}
