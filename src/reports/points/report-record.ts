import type { Selectable } from 'kysely'
import type { UserReportTable } from '#db/schema.ts'
import { NAMESPACE } from '../namespace.ts'

/** Kinds of reports, as the API documents them. */
export const REPORT_TYPES = ['hazard', 'accident', 'weather', 'wildlife'] as const
export type ReportType = (typeof REPORT_TYPES)[number]

/** A report as the API returns it; times in milliseconds since the Unix epoch. */
export interface UserReport {
  id: string
  reportType: string
  latitude: number
  longitude: number
  properties: Record<string, unknown>
  upvoteCount: number
  downvoteCount: number
  /** Whether the caller created it. */
  isOwner: boolean
  externalUserId: string | null
  namespace: string
  createdAt: number
  updatedAt: number
  expiredAt: number | null
  deletedAt: number | null
}

export type UserReportRow = Selectable<UserReportTable>

/** For whom and when a report is shown. */
export interface ReportView {
  userId: number
  now: number
  /** How long a report stays active, in milliseconds. */
  expirationAge: number
}

export function toUserReport(row: UserReportRow, view: ReportView): UserReport {
  return {
    id: row.id,
    reportType: row.report_type,
    latitude: row.latitude,
    longitude: row.longitude,
    properties: row.properties,
    upvoteCount: row.upvote_count,
    downvoteCount: row.downvote_count,
    isOwner: row.user_id === view.userId,
    externalUserId: row.external_user_id,
    namespace: NAMESPACE,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    expiredAt: expiredAt(row, view),
    deletedAt: row.deleted_at?.getTime() ?? null,
  }
}

/** When a report expired, in milliseconds, whether or not the job has recorded it; null while it is active or once it was deleted. */
export function expiredAt(
  { created_at, expired_at, deleted_at }: Pick<UserReportRow, 'created_at' | 'expired_at' | 'deleted_at'>,
  { now, expirationAge }: Pick<ReportView, 'now' | 'expirationAge'>,
): number | null {
  if (expired_at !== null) return expired_at.getTime()
  const due = created_at.getTime() + expirationAge
  return deleted_at === null && due <= now ? due : null
}
