/** The zone that times are shown in. */
export type Zone = 'local' | 'utc'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: Zone, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const found = formats.get(`${zone} ${key}`)
  if (found !== undefined) return found
  const made = new Intl.DateTimeFormat('en-GB', zone === 'utc' ? { ...options, timeZone: 'UTC' } : options)
  formats.set(`${zone} ${key}`, made)
  return made
}

/** "29 Nov 2026, 14:02:09". */
export function dateTime(ms: number, zone: Zone): string {
  return format(zone, 'dateTime', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(ms)
}

/** "14:02". */
export function clockTime(ms: number, zone: Zone): string {
  return format(zone, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms)
}

/** "14:02:09". */
export function clockSeconds(ms: number, zone: Zone): string {
  return format(zone, 'seconds', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(ms)
}

/** "Sunday 29 November 2026". */
export function longDay(ms: number, zone: Zone): string {
  return format(zone, 'day', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(ms)
}

/** A key that is the same for all times of one day in the zone. */
export function dayKey(ms: number, zone: Zone): string {
  return format(zone, 'key', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(ms)
}

/** The name of the zone as people know it: "UTC", "CET", "GMT+2". */
export function zoneName(ms: number, zone: Zone): string {
  if (zone === 'utc') return 'UTC'
  const parts = format(zone, 'zone', { timeZoneName: 'short' }).formatToParts(ms)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'local'
}
