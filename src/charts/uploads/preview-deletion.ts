import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** What becomes of one cell when an upload is deleted. */
export interface CellAfterDeletion {
  name: string
  /** `older-upload`: the version of another upload of the account is shown; `public`: the public one; `removed`: none. */
  after: 'older-upload' | 'public' | 'removed'
  /** The newest upload that the version will come from; null for the others. */
  uploadId: number | null
}

interface CellRow {
  name: string
  is_public: boolean
  files: FileRow[] | null
}

/** A file of the cell in another upload. */
interface FileRow {
  upload: number
  number: number
  state: 'indexed' | 'cancelled'
  /** Update that the cell had as of that upload; null when it was cancelled. */
  version: number | null
}

/**
 * Predicts what deleting an upload changes: the cells that come from it, or that it cancelled, by name. Others stay as they are. It reads
 * no chart, so it assumes that files that were readable still are.
 * @returns null when the account has no such upload.
 */
export async function previewDeletion(db: Db, accountId: number, uploadId: number): Promise<CellAfterDeletion[] | null> {
  const upload = await sql`
    select 1 from upload where id = ${uploadId} and account_id = ${accountId} and deleted_at is null
  `.execute(db)
  if (upload.rows.length === 0) return null
  // Uses upload_cell_pkey, cell_name, upload_cell_name and upload_file_cell.
  const found = await sql<CellRow>`
    select part.name,
      exists (select 1 from cell where cell.name = part.name and cell.account_id is null) as is_public,
      (select jsonb_agg(jsonb_build_object('upload', file.upload_id, 'number', file.number, 'state', other.state,
          'version', other.update_number))
        from upload_cell other
        join upload on upload.id = other.upload_id and upload.deleted_at is null
        join upload_file file on file.upload_id = other.upload_id and file.cell_name = other.name and file.role = 'cell'
        where other.account_id = ${accountId} and other.name = part.name and other.upload_id <> ${uploadId}
          and other.state in ('indexed', 'cancelled')) as files
    from upload_cell part
    left join cell own on own.name = part.name and own.account_id = ${accountId}
    where part.upload_id = ${uploadId}
      and (${uploadId}::bigint = any(own.source_uploads) or (own.name is null and part.state = 'cancelled'))
    order by part.name
  `.execute(db)
  return found.rows.flatMap(({ name, is_public: isPublic, files }): CellAfterDeletion[] => {
    const older = files === null ? null : newestOf(files)
    if (older !== null) return [{ name, after: 'older-upload', uploadId: older }]
    return [{ name, after: isPublic ? 'public' : 'removed', uploadId: null }]
  })
}

/** The newest upload of the version that the files make; null when they make none (docs/uploads.md, how the files make a cell). */
function newestOf(files: readonly FileRow[]): number | null {
  const bases = files.filter(({ number }) => number === 0)
  if (bases.length === 0) return null
  const base = bases.reduce((newest, file) => (file.upload > newest.upload ? file : newest))
  const later = files.filter(({ upload }) => upload >= base.upload)
  if (later.some(({ state }) => state === 'cancelled')) return null
  const updates = new Map<number, number>()
  for (const { number, upload } of later) if (number > 0) updates.set(number, Math.min(updates.get(number) ?? upload, upload))
  // A re-issue contains the updates up to its own; its report states the version only with those beside it.
  const inBase = later.filter(({ upload, number }) => upload === base.upload && number > 0).map(({ number }) => number)
  let next = inBase.length === 0 ? (base.version ?? 0) + 1 : 1
  if (!updates.has(next) && base.version !== null) next = base.version + 1
  let newest = base.upload
  for (; updates.has(next); next++) newest = Math.max(newest, updates.get(next) ?? newest)
  return newest
}
