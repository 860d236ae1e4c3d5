/** The time of a log line as the contract writes it: ISO 8601 in UTC with milliseconds, 2026-01-15T08:00:10.000+00:00. */
export function logTimestamp(at: Date): string {
  return at.toISOString().replace('Z', '+00:00')
}

/**
 * The same from what PostgreSQL makes of a `timestamp(3)` in UTC in JSON: 2026-01-15T08:00:10.5, with as many digits of the second as it
 * has. Without a Date in between, which for the thousands of lines of a long page costs more than all the rest of them.
 */
export function logTimestampOfJson(utc: string): string {
  return `${utc.slice(0, 19)}.${utc.slice(20).padEnd(3, '0')}+00:00`
}
