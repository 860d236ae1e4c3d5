const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * A length of time with two units at most: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min", "4 d 3 h". Negative ones, which differing clocks can
 * cause, count as zero.
 */
export function duration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 9_950) return `${(ms / SECOND).toFixed(1)} s`
  const seconds = Math.round(ms / SECOND)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return two(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 24 * 60) return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(ms / HOUR)
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** A duration in whole seconds, for counters that tick: no tenths that flicker. */
export function tickingDuration(milliseconds: number): string {
  return milliseconds < MINUTE ? `${Math.max(0, Math.floor(milliseconds / SECOND))} s` : duration(milliseconds)
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

/** The time of a log line since its job started, to a tenth of a second: "+0:07.3", "+1:02:09.0". Lines before the start count as zero. */
export function sinceStart(milliseconds: number): string {
  const tenths = Math.floor(Math.max(0, milliseconds) / 100)
  const two = (value: number): string => String(value).padStart(2, '0')
  const minutes = Math.floor(tenths / 600)
  const head = minutes < 60 ? String(minutes) : `${Math.floor(minutes / 60)}:${two(minutes % 60)}`
  return `+${head}:${two(Math.floor(tenths / 10) % 60)}.${tenths % 10}`
}

/** How long ago: "just now", "5 min ago", "3 h ago", "2 days ago"; a moment ahead of the clock counts as now. */
export function ago(milliseconds: number): string {
  if (milliseconds < 10 * SECOND) return 'just now'
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / SECOND / 10) * 10} s ago`
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min ago`
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)} h ago`
  const days = Math.floor(milliseconds / DAY)
  return days === 1 ? '1 day ago' : `${days} days ago`
}

/** How far ahead: "in 13 days", "in 3 h", "in 5 min", "now". */
export function ahead(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'now'
  if (milliseconds < HOUR) return `in ${Math.floor(milliseconds / MINUTE)} min`
  if (milliseconds < 2 * DAY) return `in ${Math.floor(milliseconds / HOUR)} h`
  return `in ${Math.floor(milliseconds / DAY)} days`
}

/** Milliseconds until `ago` changes, so that an age renders again only then. */
export function agoChangesIn(milliseconds: number): number {
  if (milliseconds < 10 * SECOND) return 10 * SECOND - milliseconds
  const unit = milliseconds < MINUTE ? 10 * SECOND : milliseconds < HOUR ? MINUTE : milliseconds < DAY ? HOUR : DAY
  return unit - (milliseconds % unit)
}

/** Milliseconds until `ahead` reads otherwise; never for what has come. */
export function aheadChangesIn(milliseconds: number): number {
  if (milliseconds < MINUTE) return Number.POSITIVE_INFINITY
  const unit = milliseconds < HOUR ? MINUTE : milliseconds < 2 * DAY ? HOUR : DAY
  // One more than what is over the unit: at the unit itself it still reads the same.
  return (milliseconds % unit) + 1
}
