const ISO_8601 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?([Zz]|[+-]\d{2}(:?\d{2})?)?$/
const NUMERIC = /^-?\d{1,16}(\.\d+)?$/

export const TIME_ACCEPTS = 'must be an ISO 8601 time, such as 2026-08-14T15:30:00Z, or milliseconds since 1970'

/**
 * Reads the time of a sounding: an ISO 8601 date with a time of day (UTC unless it has an offset), or milliseconds since the Unix epoch
 * as a number or in digits.
 *
 * @returns whole milliseconds since the Unix epoch, or null for anything else.
 */
export function parseTime(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value) : null
  if (typeof value !== 'string' || value.length > 64) return null
  const text = value.trim()
  if (NUMERIC.test(text)) return Math.round(Number(text))
  const match = ISO_8601.exec(text)
  if (match === null || !isDay(text.slice(0, 10))) return null
  const zone = match[3] === undefined ? 'Z' : zoneOf(match[3])
  const local = text
    .slice(0, text.length - (match[3]?.length ?? 0))
    .replace(/[t ]/, 'T')
    .replace(',', '.')
  const time = Date.parse(local + zone)
  return Number.isNaN(time) ? null : time
}

/** As the Date class takes it: `Z`, or hours and minutes with a colon. */
function zoneOf(text: string): string {
  if (text.toUpperCase() === 'Z') return 'Z'
  const digits = text.slice(1).replace(':', '').padEnd(4, '0')
  return `${text.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`
}

/** Date.parse takes 2026-02-31 for a day in March. */
function isDay(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
