import { reportLabel } from '#reports/points/report-label.ts'
import type { TileReport } from '#reports/points/tile-reports.ts'

/** Reports as the text of a GeoJSON FeatureCollection. */
export function writeReports(reports: readonly TileReport[]): string {
  const features = reports.map((report) => {
    const { id, reportType, upvoteCount, downvoteCount, isOwner, longitude, latitude } = report
    const { properties } = report
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
      properties: { id, reportType, upvoteCount, downvoteCount, isOwner, label: reportLabel(report), properties },
    }
  })
  return JSON.stringify({ type: 'FeatureCollection', features })
}
