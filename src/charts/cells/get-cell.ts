import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toVisibleCell, type VisibleCell } from './list-cells.ts'

/** A cell with everything that is known about it. */
export interface CellDetail {
  /** Null when there was only a failed try. */
  cell: (VisibleCell & { warnings: string[]; features: Record<string, number>; refreshJobId: string | null }) | null
  /** The last try to index a newer version, or the public cell at all, when that failed. */
  lastFailure: CellFailure | null
}

export interface CellFailure {
  edition: number | null
  update: number | null
  reason: string
  /** Milliseconds since the Unix epoch. */
  failedAt: number | null
  /** The upload whose cell failed; null for a public cell. */
  uploadId: number | null
  /** The refresh in which a public cell failed; null for an uploaded cell, and when the job is deleted. */
  refreshJobId: string | null
}

/** The cell of a name that an account sees, its own before the public one; null when it knows neither a cell nor a failed try. */
export async function getCell(db: Db, accountId: number, name: string): Promise<CellDetail | null> {
  const row = await db
    .selectFrom('cell')
    .selectAll()
    .where('name', '=', name)
    .where((where) => where.or([where('account_id', 'is', null), where('account_id', '=', accountId)]))
    .orderBy(sql`account_id nulls last`)
    .limit(1)
    .executeTakeFirst()
  const isOwn = row?.account_id != null
  const lastFailure =
    (await failedUpload(db, accountId, name, row?.indexed_at ?? null)) ?? (isOwn ? null : await failedTry(db, name))
  if (row === undefined) return lastFailure === null ? null : { cell: null, lastFailure }
  const { warnings, features_by_class: features } = row
  const refreshJobId = isOwn ? null : await refreshAt(db, row.indexed_at)
  return { cell: { ...toVisibleCell(row), warnings, features, refreshJobId }, lastFailure }
}

/** The newest upload in which the cell failed after its visible version was indexed. */
async function failedUpload(db: Db, accountId: number, name: string, since: Date | null): Promise<CellFailure | null> {
  const row = await db
    .selectFrom('upload_cell as part')
    .innerJoin('upload', 'upload.id', 'part.upload_id')
    .select(['part.upload_id', 'part.errors', 'part.indexed_at', 'part.edition', 'part.update_number'])
    .where('part.account_id', '=', accountId)
    .where('part.name', '=', name)
    .where('part.state', '=', 'failed')
    .where('upload.deleted_at', 'is', null)
    .$if(since !== null, (query) => query.where('part.indexed_at', '>', since))
    .orderBy('part.upload_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    edition: row.edition,
    update: row.update_number,
    reason: row.errors.join('; '),
    failedAt: row.indexed_at?.getTime() ?? null,
    uploadId: row.upload_id,
    refreshJobId: null,
  }
}

async function failedTry(db: Db, name: string): Promise<CellFailure | null> {
  const row = await db.selectFrom('failed_public_cell').selectAll().where('name', '=', name).executeTakeFirst()
  if (row === undefined) return null
  const { edition, update_number: update, reason } = row
  const refreshJobId = await refreshAt(db, row.failed_at)
  return { edition, update, reason, failedAt: row.failed_at.getTime(), uploadId: null, refreshJobId }
}

/** The refresh that was at work at a time, of which there is at most one; null when its job has been deleted. */
async function refreshAt(db: Db, time: Date): Promise<string | null> {
  const job = await db
    .selectFrom('job')
    .select('id')
    .where('job_type', '=', 'refresh-public-charts')
    .where('created_at', '<=', time)
    .where((where) => where.or([where('finished_at', 'is', null), where('finished_at', '>=', time)]))
    // A refresh that was retried later spans a longer time around this one.
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return job?.id ?? null
}
