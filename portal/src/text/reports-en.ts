import { counted } from './plural.ts'

// The words of the panel of reports.

export const REPORT_TYPES = ['hazard', 'accident', 'weather', 'wildlife'] as const
export type ReportType = (typeof REPORT_TYPES)[number]

export const REPORT_WORDS: Readonly<Record<ReportType, string>> = {
  hazard: 'Hazard',
  accident: 'Accident',
  weather: 'Weather',
  wildlife: 'Wildlife',
}

/** The kind of a report; one that this version does not know is shown as it is. */
export function reportName(type: string): string {
  return REPORT_TYPES.some((known) => known === type) ? REPORT_WORDS[type as ReportType] : type
}

/** "2 confirm, 1 denies", if anyone has voted. */
export function votesText(up: number, down: number): string {
  const parts: string[] = []
  if (up > 0) parts.push(`${up} ${up === 1 ? 'confirms' : 'confirm'} it`)
  if (down > 0) parts.push(`${down} ${down === 1 ? 'denies' : 'deny'} it`)
  return parts.length === 0 ? 'Nobody has voted' : parts.join(', ')
}

/** How many of the active reports are in the list. */
export function nearbyText(near: number, total: number, read: number): string {
  const text = near === total ? counted(near, 'report') : `${near} near this view, ${counted(total, 'report')} in all`
  return read < total ? `${text}; the newest ${read} were searched` : text
}

export const LOW_ZOOM = 'Reports are drawn on the chart from zoom 11 on: zoom in to see them.'
export const NOT_OFFICIAL = 'From users of this server, not checked by anyone.'
