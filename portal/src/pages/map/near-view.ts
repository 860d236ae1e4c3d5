import type { UserReport } from './report-api.ts'
import { eastward, type Position, rhumb } from './rhumb.ts'

/** What a map shows: its middle, and half its width and height in degrees. */
export interface View {
  centre: Position
  halfWidth: number
  halfHeight: number
}

export interface NearReport {
  report: UserReport
  /** From the middle of the map. */
  bearing: number
  metres: number
}

/** Views beyond the edge of the map that still count as near. */
const BEYOND = 1.5

/** The reports in the view and half a view around it, the nearest first. */
export function reportsNear(reports: readonly UserReport[], { centre, halfWidth, halfHeight }: View): NearReport[] {
  return reports
    .filter(
      ({ longitude, latitude }) =>
        Math.abs(eastward(centre.longitude, longitude)) <= halfWidth * BEYOND &&
        Math.abs(latitude - centre.latitude) <= halfHeight * BEYOND,
    )
    .map((report) => ({ report, ...rhumb(centre, report) }))
    .toSorted((a, b) => a.metres - b.metres)
}

/** The free text of a report, when it is text. */
export function descriptionOf({ properties }: Pick<UserReport, 'properties'>): string | null {
  const { description } = properties
  return typeof description === 'string' && description.trim() !== '' ? description : null
}
