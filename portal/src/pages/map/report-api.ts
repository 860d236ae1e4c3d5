import type { JsonCall } from '../../api/json-call.ts'
import type { Schemas } from '../../api/schema.ts'
import type { ReportType } from '../../text/reports-en.ts'
import type { Position } from './rhumb.ts'

export type UserReport = Schemas['UserReport']
export type Track = Schemas['BathymetryTrack']
export type TrackDetail = Schemas['BathymetryTrackDetail']

export interface NewReport {
  reportType: ReportType
  position: Position
  description: string
}

/** Reports of all users and the votes on them, and tracks of soundings. */
export interface ReportApi {
  /** Active reports, the newest first, at most 1,000 of them; `total` counts all. */
  reports(signal?: AbortSignal): Promise<{ reports: UserReport[]; total: number }>
  add(report: NewReport): Promise<UserReport>
  /** @returns the report as it is now. */
  vote(id: string, vote: 'valid' | 'invalid'): Promise<UserReport>
  remove(id: string): Promise<void>
  /** The newest 50 tracks; `total` counts all. */
  tracks(signal?: AbortSignal): Promise<{ tracks: Track[]; total: number }>
  track(id: string, signal?: AbortSignal): Promise<TrackDetail>
}

const ROOT = 'api/v1/user-reports'
const PAGE = 200
const MOST = 1_000

export function createReportApi(call: JsonCall): ReportApi {
  return {
    async reports(signal) {
      const reports: UserReport[] = []
      for (;;) {
        const query = { limit: PAGE, offset: reports.length }
        const page = await call<{ reports: UserReport[]; total: number }>(ROOT, { query, signal })
        reports.push(...page.reports)
        const isLast = page.reports.length === 0 || reports.length >= Math.min(MOST, page.total)
        if (isLast) return { reports, total: page.total }
      }
    },
    add: ({ reportType, position, description }) => {
      const properties = description === '' ? {} : { description }
      return call(ROOT, { method: 'POST', body: { reportType, position, properties } })
    },
    vote: (id, vote) => call(`${ROOT}/${id}/votes`, { method: 'POST', body: { vote } }),
    remove: (id) => call(`${ROOT}/${id}`, { method: 'DELETE' }),
    tracks: (signal) => call(`${ROOT}/bathymetry`, { query: { limit: 50 }, signal }),
    track: (id, signal) => call(`${ROOT}/bathymetry/${id}`, { signal }),
  }
}
