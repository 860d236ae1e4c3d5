import type { JobSummary, LogLine } from '../../api/records.ts'

const LINES = 200

/** A job as text for a report: its record and the last lines of its log. */
export function jobReport(job: JobSummary, lines: readonly LogLine[], now: number): string {
  const last = lines.slice(-LINES).map(logText)
  return [
    `Chartroom job, copied ${new Date(now).toISOString()}`,
    JSON.stringify(job, null, 2),
    `Last ${last.length} log lines:`,
    ...last,
    '',
  ].join('\n')
}

/** A log line as text, for copies and downloads. */
export function logText({ timestamp, type, attempt, message }: LogLine): string {
  return `${timestamp} ${type.padEnd(7)} ${attempt > 1 ? `[attempt ${attempt}] ` : ''}${message}`
}
