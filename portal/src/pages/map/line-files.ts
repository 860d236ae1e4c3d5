import type { DepthProfile } from './chart-feature.ts'
import type { Position } from './rhumb.ts'

/** A line as a route in GPX 1.1. */
export function gpxOf(line: readonly Position[], name: string): string {
  const points = line.map(
    ({ latitude, longitude }, i) =>
      `    <rtept lat="${latitude.toFixed(6)}" lon="${longitude.toFixed(6)}"><name>${i + 1}</name></rtept>\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Chartroom" xmlns="http://www.topografix.com/GPX/1/1">
  <rte>
    <name>${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</name>
    <desc>Not for navigation</desc>
${points.join('')}  </rte>
</gpx>
`
}

/** The samples of a profile as CSV: one line each, depths in metres below the chart datum, fields quoted where they need it. */
export function csvOf({ samples }: DepthProfile): string {
  const head = 'from_m,until_m,longitude,latitude,shoalest_m,deepest_m,unknown,cell,edition,update,scale,quality'
  const rows = samples.map(({ distance, until, position, shoalest, deepest, unknowns, source }) =>
    [
      distance.toFixed(1),
      until.toFixed(1),
      ...position.map((value) => value.toFixed(6)),
      shoalest,
      deepest,
      unknowns.join(' '),
      source?.cell,
      source?.edition,
      source?.update,
      source?.scale,
      source?.quality,
    ]
      .map((value) => quoted(value ?? ''))
      .join(','),
  )
  return `${[head, ...rows].join('\r\n')}\r\n`
}

function quoted(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
