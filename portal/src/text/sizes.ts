const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** A number of bytes in decimal units: "812 B", "4.2 MB", "31 GB". */
export function bytes(count: number): string {
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000
    unit++
  }
  const format = unit === 0 || value >= 9.95 ? whole : tenths
  return `${format.format(value)} ${UNITS[unit]}`
}
