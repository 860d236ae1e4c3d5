import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import type { Schema } from '#db/schema.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError, codeOf } from '#lib/errors.ts'
import { placeOf } from './place.ts'
import { expiredAt, type ReportType, toUserReport, type UserReport, type UserReportRow } from './report-record.ts'

/** Reports of users about a place, visible to every account, and the votes on them. */
export interface UserReports {
  /** @throws AppError REPORT_EXISTS (409) when the id is in use, by any report. */
  create(caller: Reporter, report: NewReport): Promise<UserReport>
  /**
   * Records the caller's vote; it replaces an earlier one.
   *
   * @throws AppError REPORT_NOT_FOUND (404), REPORT_GONE (410) when it was deleted or has expired.
   */
  vote(caller: Reporter, id: string, vote: { isValid: boolean; externalUserId: string | null }): Promise<UserReport>
  /**
   * Hides a report for good; its creator and administrators may.
   *
   * @throws AppError REPORT_NOT_FOUND (404), REPORT_NOT_OWN (403), REPORT_GONE (410) when it was deleted before.
   */
  delete(caller: Reporter & { isAdmin: boolean }, id: string): Promise<UserReport>
  /** Newest first. @throws AppError QUERY_TIMEOUT (503); the signal's reason when it aborts. */
  list(
    caller: Pick<Reporter, 'userId'>,
    query: ReportsQuery,
    signal: AbortSignal,
  ): Promise<{ reports: UserReport[]; total: number }>
  /** Reports created at or before this time, in milliseconds, have expired. */
  activeSince(): number
}

export interface Reporter {
  userId: number
  accountId: number
}

export interface NewReport {
  /** In lower case. */
  id: string
  reportType: ReportType
  position: { latitude: number; longitude: number }
  properties: Record<string, unknown>
  externalUserId: string | null
}

export interface ReportsQuery {
  limit: number
  offset: number
  includeDeleted: boolean
  includeExpired: boolean
}

export interface UserReportsOptions {
  db: Db
  clock: Clock
  /** How long a report stays active, in milliseconds. */
  expirationAge: number
}

const UNIQUE_VIOLATION = '23505'
const STATEMENT_MILLISECONDS = 5_000

export function createUserReports({ db, clock, expirationAge }: UserReportsOptions): UserReports {
  const shown = (row: UserReportRow, userId: number) => toUserReport(row, { userId, now: clock.now(), expirationAge })
  const activeSince = () => clock.now() - expirationAge

  return {
    activeSince,

    async create({ userId, accountId }, { id, reportType, position, properties, externalUserId }) {
      const { latitude, longitude } = position
      const now = new Date(clock.now())
      try {
        const row = await db
          .insertInto('user_report')
          .values({
            ...{ id, account_id: accountId, user_id: userId, report_type: reportType, latitude, longitude },
            ...{ place: placeOf(latitude, longitude), properties: JSON.stringify(properties), external_user_id: externalUserId },
            ...{ created_at: now, updated_at: now },
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        return shown(row, userId)
      } catch (error) {
        if (codeOf(error) !== UNIQUE_VIOLATION) throw error
        throw new AppError('REPORT_EXISTS', `There is a report ${id} already.`)
      }
    },

    async vote({ userId }, id, { isValid, externalUserId }) {
      const row = await db.transaction().execute(async (trx) => {
        // The lock makes votes on a report take turns, so the counts never miss one.
        const report = await lockReport(trx, id)
        const now = clock.now()
        if (report.deleted_at !== null || expiredAt(report, { now, expirationAge }) !== null) throw gone(report)
        return await countVote(trx, { reportId: report.id, userId, isValid, externalUserId, at: new Date(now) })
      })
      return shown(row, userId)
    },

    async delete({ userId, isAdmin }, id) {
      const row = await db.transaction().execute(async (trx) => {
        const report = await lockReport(trx, id)
        if (report.user_id !== userId && !isAdmin) throw new AppError('REPORT_NOT_OWN')
        if (report.deleted_at !== null) throw gone(report)
        const now = new Date(clock.now())
        return await trx
          .updateTable('user_report')
          .set({ deleted_at: now, updated_at: now })
          .where('id', '=', report.id)
          .returningAll()
          .executeTakeFirstOrThrow()
      })
      return shown(row, userId)
    },

    async list({ userId }, { limit, offset, ...included }, signal) {
      const wanted = wantedBy(included, activeSince())
      return await readSnapshot(db, { statementMilliseconds: STATEMENT_MILLISECONDS, signal }, async (trx) => {
        const rows = await trx
          .selectFrom('user_report')
          .selectAll()
          .where(wanted)
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .offset(offset)
          .execute()
        const { total } = await trx
          .selectFrom('user_report')
          .select(sql<number>`count(*)`.as('total'))
          .where(wanted)
          .executeTakeFirstOrThrow()
        return { reports: rows.map((row) => shown(row, userId)), total }
      })
    },
  }
}

/** Active reports, and those that the query includes beside them. A deleted report that has expired too counts as deleted. */
function wantedBy(
  { includeDeleted, includeExpired }: Pick<ReportsQuery, 'includeDeleted' | 'includeExpired'>,
  activeSince: number,
) {
  return (where: ExpressionBuilder<Schema, 'user_report'>) => {
    const isActive = where.and([where('expired_at', 'is', null), where('created_at', '>', new Date(activeSince))])
    const conditions = includeDeleted ? [] : [where('deleted_at', 'is', null)]
    if (!includeExpired) conditions.push(includeDeleted ? where.or([isActive, where('deleted_at', 'is not', null)]) : isActive)
    return where.and(conditions)
  }
}

async function lockReport(trx: Db, id: string): Promise<UserReportRow> {
  const report = await trx.selectFrom('user_report').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (report === undefined) throw new AppError('REPORT_NOT_FOUND', `There is no report ${id}.`)
  return report
}

interface Vote {
  reportId: string
  userId: number
  isValid: boolean
  externalUserId: string | null
  at: Date
}

/** Stores the vote and counts it in place of the user's earlier one; the report must be locked. */
async function countVote(trx: Db, { reportId, userId, isValid, externalUserId, at }: Vote): Promise<UserReportRow> {
  const mine = trx.selectFrom('user_report_vote').where('report_id', '=', reportId).where('user_id', '=', userId)
  const before = await mine.select('is_valid').executeTakeFirst()
  const vote = { is_valid: isValid, external_user_id: externalUserId, voted_at: at }
  await trx
    .insertInto('user_report_vote')
    .values({ report_id: reportId, user_id: userId, ...vote })
    .onConflict((conflict) => conflict.columns(['report_id', 'user_id']).doUpdateSet(vote))
    .execute()
  const change = (counts: boolean) => Number(isValid === counts) - Number(before?.is_valid === counts)
  return await trx
    .updateTable('user_report')
    .set((column) => ({
      upvote_count: column('upvote_count', '+', change(true)),
      downvote_count: column('downvote_count', '+', change(false)),
      updated_at: at,
    }))
    .where('id', '=', reportId)
    .returningAll()
    .executeTakeFirstOrThrow()
}

function gone({ id, deleted_at }: UserReportRow): AppError {
  return new AppError('REPORT_GONE', `The report ${id} ${deleted_at === null ? 'has expired' : 'was deleted'}.`)
}
