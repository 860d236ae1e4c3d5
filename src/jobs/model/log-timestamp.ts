/** The time of a log line in the contract's format, ISO 8601 in UTC with milliseconds: 2026-01-15T08:00:10.000+00:00. */
export function logTimestamp(at: Date): string {
  return at.toISOString().replace('Z', '+00:00')
}

/**
 * The same from PostgreSQL's JSON form of a `timestamp(3)` in UTC: 2026-01-15T08:00:10.5, without trailing zeros. It makes no Date,
 * which would take most of the time for the thousands of lines of a long page.
 */
export function logTimestampOfJson(utc: string): string {
  return `${utc.slice(0, 19)}.${utc.slice(20).padEnd(3, '0')}+00:00`
}
