import { type SqlBool, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import type { Standard } from '#s57/cell.ts'
import type { CellReport, UploadRecord } from './upload-record.ts'
import type { UploadKind } from './upload-type.ts'

// Statements on `upload`, read through the view `upload_state`, which joins each upload with its job.

/** An upload to record. */
export interface NewUpload {
  id: number
  publicId: string
  accountId: number
  userId: number
  uploader: string
  filename: string
  fileSize: number
  kind: UploadKind
  blobKey: string
  jobId: string
}

/** An upload as its jobs need it. */
export interface StoredUpload {
  id: number
  accountId: number
  filename: string
  fileSize: number
  kind: UploadKind
  blobKey: string
  jobId: string | null
}

/** Reserves an id: the parameters of the upload's job name it before the upload is recorded. */
export async function nextUploadId(db: Db): Promise<number> {
  const next = sql<number>`nextval(pg_get_serial_sequence('upload', 'id'))`.as('id')
  return Number((await db.selectNoFrom(next).executeTakeFirstOrThrow()).id)
}

/**
 * Keeps the owner of a new upload until the end of the transaction: a deletion of the account waits, and then finds the upload.
 *
 * @throws AppError TOKEN_INVALID (401) when the user or the account was deleted while the file arrived.
 */
export async function holdOwner(trx: Db, { accountId, userId }: { accountId: number; userId: number }): Promise<void> {
  const owner = await sql`
    select 1 from account join app_user on app_user.account_id = account.id
    where account.id = ${accountId} and account.deleted_at is null and app_user.id = ${userId} and app_user.deleted_at is null
    for share
  `.execute(trx)
  if (owner.rows.length === 0) throw new AppError('TOKEN_INVALID', 'The user of the token was deleted during the upload.')
}

/** Records an upload. */
export async function insertUpload(trx: Db, upload: NewUpload): Promise<void> {
  await sql`
    insert into upload (id, public_id, account_id, user_id, uploader, filename, file_size, kind, blob_key, job_id)
    overriding system value values (${upload.id}, ${upload.publicId}, ${upload.accountId}, ${upload.userId}, ${upload.uploader},
      ${upload.filename}, ${upload.fileSize}, ${upload.kind}, ${upload.blobKey}, ${upload.jobId})
  `.execute(trx)
}

/** An upload; null when it does not exist or its deletion was accepted. */
export async function findUpload(db: Db, id: number): Promise<StoredUpload | null> {
  const row = await db
    .selectFrom('upload')
    .select(['id', 'account_id', 'filename', 'file_size', 'kind', 'blob_key', 'job_id'])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : toUpload(row)
}

function toUpload(row: {
  id: number
  account_id: number
  filename: string
  file_size: number
  kind: UploadKind
  blob_key: string
  job_id: string | null
}): StoredUpload {
  return {
    id: row.id,
    accountId: row.account_id,
    filename: row.filename,
    fileSize: row.file_size,
    kind: row.kind,
    blobKey: row.blob_key,
    jobId: row.job_id,
  }
}

/** An upload with its job, for the log, and the error that stays when retention deletes the job. */
export interface ListedUpload extends UploadRecord {
  jobId: string | null
  error: string | null
  /** Counts of cells by state. */
  cells: Record<string, number>
}

interface UploadRow {
  id: number
  filename: string
  file_size: number
  status: UploadRecord['status']
  error: string | null
  created_at: Date
  updated_at: Date
  uploader: string
  job_id: string | null
  total: number
  expired: number
  states: Record<string, number> | null
}

/** A page of the account's uploads, newest first, or the one with `id`. Uses upload_newest and the primary key of upload_cell. */
export async function listUploads(
  db: Db,
  accountId: number,
  page: { limit: number; offset: number; id?: number; status?: UploadRecord['status'] | undefined },
): Promise<ListedUpload[]> {
  const inState = page.status === undefined ? sql`true` : sql`status = ${page.status}`
  const one = page.id === undefined ? sql`true` : sql`id = ${page.id}`
  const result = await sql<UploadRow>`
    select u.id, u.filename, u.file_size, u.status, u.error, u.created_at, u.updated_at, u.uploader, u.job_id, cells.total, cells.expired, cells.states
    from (
      select * from upload_state where account_id = ${accountId} and deleted_at is null and ${one} and ${inState}
      order by created_at desc, id desc limit ${page.limit} offset ${page.offset}
    ) u
    cross join lateral (
      select coalesce(sum(number), 0)::int as total, coalesce(sum(expired), 0)::int as expired, jsonb_object_agg(state, number) as states
      from (
        select state, count(*)::int as number, count(*) filter (where permit_expires < current_date)::int as expired
        from upload_cell where upload_cell.upload_id = u.id group by state
      ) by_state
    ) cells
    order by u.created_at desc, u.id desc
  `.execute(db)
  return result.rows.map((row) => ({
    id: row.id,
    filename: row.filename,
    fileSize: row.file_size,
    status: row.status,
    error: row.error,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    uploaderEmail: row.uploader,
    totalCharts: row.total,
    expiredCharts: row.expired,
    jobId: row.job_id,
    cells: row.states ?? {},
  }))
}

/** How many uploads an account has, in one state or in all. */
export async function countUploads(db: Db, accountId: number, status: UploadRecord['status'] | undefined): Promise<number> {
  const inState = status === undefined ? sql`true` : sql`status = ${status}`
  const result = await sql<{ total: number }>`
    select count(*)::int as total from upload_state where account_id = ${accountId} and deleted_at is null and ${inState}
  `.execute(db)
  return result.rows[0]?.total ?? 0
}

/**
 * Hides an upload and records the job that deletes it. An upload whose deletion ended without deleting it (it was cancelled, or
 * failed) gets a new job.
 *
 * @returns `gone` when the account has no such upload, `already` when its deletion is pending or running.
 */
export async function markDeleted(
  trx: Db,
  accountId: number,
  id: number,
  deleteJobId: string,
): Promise<'marked' | 'already' | 'gone'> {
  const marked = await sql<{ id: number }>`
    update upload set deleted_at = now(), delete_job_id = ${deleteJobId}
    where id = ${id} and account_id = ${accountId} and (deleted_at is null
      or not exists (select 1 from job where job.id = upload.delete_job_id and job_state in ('pending', 'running'))) returning id
  `.execute(trx)
  if (marked.rows.length > 0) return 'marked'
  const there = await sql`select 1 from upload where id = ${id} and account_id = ${accountId}`.execute(trx)
  return there.rows.length > 0 ? 'already' : 'gone'
}

/** Hides every upload of an account, and records the job that deletes them with it. */
export async function markAllDeleted(trx: Db, accountId: number, deleteJobId: string): Promise<void> {
  await sql`
    update upload set deleted_at = coalesce(deleted_at, now()), delete_job_id = ${deleteJobId} where account_id = ${accountId}
  `.execute(trx)
}

/** The uploads of an account, deleted ones included, oldest first. */
export async function listAccountFiles(db: Db, accountId: number): Promise<{ id: number; blobKey: string }[]> {
  const rows = await db
    .selectFrom('upload')
    .select(['id', 'blob_key'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, blobKey: row.blob_key }))
}

/** Deletes the row of an upload, and with it those of its cells, files and permits. */
export async function deleteUploadRow(trx: Db, id: number): Promise<void> {
  await trx.deleteFrom('upload').where('id', '=', id).execute()
}

/** Which reports of an upload to list. */
export interface ReportsPage {
  limit: number
  offset: number
  status?: CellReport['status'] | undefined
  /** Only cells whose name or title contains this, in any case. */
  text?: string | undefined
}

/** A page of the reports on an upload's cells, by name; null when the account has no such upload. */
export async function listCellReports(
  db: Db,
  accountId: number,
  uploadId: number,
  page: ReportsPage,
  preferStandard: Standard,
): Promise<{ cells: CellReport[]; total: number } | null> {
  const upload = await sql`
    select 1 from upload where id = ${uploadId} and account_id = ${accountId} and deleted_at is null
  `.execute(db)
  if (upload.rows.length === 0) return null
  const { status, text = '' } = page
  const wanted = sql<SqlBool>`(${status ?? null}::text is null or part.state = ${status ?? null})
    and (${text} = '' or strpos(lower(part.name), lower(${text})) > 0 or strpos(lower(coalesce(part.title, '')), lower(${text})) > 0)`
  const count = await sql<{ total: number }>`
    select count(*)::int as total from upload_cell part where upload_id = ${uploadId} and ${wanted}
  `.execute(db)
  const rows = await db
    .selectFrom('upload_cell as part')
    .leftJoin('cell', (join) => join.onRef('cell.name', '=', 'part.name').onRef('cell.account_id', '=', 'part.account_id'))
    .selectAll('part')
    .leftJoin(drawnTwins(accountId, preferStandard), (join) =>
      join.on(
        preferStandard === 's101'
          ? sql<SqlBool>`twins.replaced = cell.name and cell.twin is null`
          : sql<SqlBool>`twins.replaced = cell.twin`,
      ),
    )
    .select(sql<boolean>`part.upload_id = any(cell.source_uploads)`.as('visible'))
    .select('twins.name as displaced_by')
    .where('part.upload_id', '=', uploadId)
    .where(wanted)
    .orderBy('part.name')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  const cells = rows.map(
    (row): CellReport => ({
      name: row.name,
      title: row.title,
      status: row.state,
      standard: row.standard,
      edition: row.edition,
      update: row.update_number,
      issueDate: row.issue_date,
      updateDate: row.update_date,
      usageBand: row.usage_band,
      scale: row.compilation_scale,
      bbox: row.west === null ? null : [row.west, row.south ?? 0, row.east ?? 0, row.north ?? 0],
      upToDate: row.up_to_date,
      featureCount: row.feature_count,
      features: row.features_by_class,
      encrypted: row.encrypted,
      decryptResult: row.decrypt_result,
      permitExpires: row.permit_expires,
      visible: row.visible ?? false,
      displacedBy: row.displaced_by,
      warnings: row.warnings,
      errors: row.errors,
    }),
  )
  return { cells, total: count.rows[0]?.total ?? 0 }
}

/**
 * The cells that are drawn in place of others, by the rule of the tiles' `displacedTwins`. One set for a whole page: no index finds a twin, so
 * looking for each cell would read all cells as often.
 */
function drawnTwins(accountId: number, prefer: Standard) {
  const [replaced, isDrawn] = prefer === 's101' ? [sql`twin`, sql`twin is not null`] : [sql`name`, sql`twin is null`]
  return sql<{ replaced: string; name: string }>`(
    select distinct on (${replaced}) ${replaced} as replaced, name from cell
    where ${isDrawn} and (account_id is null or account_id = ${accountId})
    order by ${replaced}, account_id nulls last)`.as('twins')
}

/** An upload whose deletion was accepted; null when it has been deleted. */
export async function deletedUpload(db: Db, id: number): Promise<StoredUpload | null> {
  const row = await db
    .selectFrom('upload')
    .select(['id', 'account_id', 'filename', 'file_size', 'kind', 'blob_key', 'job_id'])
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst()
  return row === undefined ? null : toUpload(row)
}
