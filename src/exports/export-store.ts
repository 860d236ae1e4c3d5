import type { Db } from '#db/database.ts'
import { type ExportRecord, packFileName } from './export-record.ts'
import type { PackSpec } from './pack-spec.ts'

/** A new export. */
export interface NewExport {
  id: string
  accountId: number
  userId: number
  creator: string
  spec: PackSpec
  mostTiles: number
}

/** Inserts an export in the transaction that creates its job. */
export async function insertExport(trx: Db, jobId: string, given: NewExport): Promise<void> {
  await trx
    .insertInto('export')
    .values({
      id: given.id,
      account_id: given.accountId,
      user_id: given.userId,
      creator: given.creator,
      job_id: jobId,
      spec: JSON.stringify(given.spec),
      most_tiles: given.mostTiles,
    })
    .execute()
}

/** The exports of an account, newest first; one of them by its id. */
export async function selectExports(db: Db, accountId: number, id?: string): Promise<ExportRecord[]> {
  // Index export_account; the jobs by their primary key.
  const rows = await db
    .selectFrom('export')
    .leftJoin('job', 'job.id', 'export.job_id')
    .select(['export.id', 'export.job_id', 'export.spec', 'export.creator', 'export.most_tiles', 'export.tiles'])
    .select(['export.file_size', 'export.finished_at', 'export.expires_at'])
    .select(['export.created_at', 'job.job_state', 'job.percent_complete'])
    .where('export.account_id', '=', accountId)
    .$if(id !== undefined, (query) => query.where('export.id', '=', id ?? ''))
    .orderBy('export.created_at', 'desc')
    .orderBy('export.id', 'desc')
    .limit(1_000)
    .execute()
  return rows.map((row) => {
    const { box, ...spec } = row.spec as PackSpec
    return {
      id: row.id,
      jobId: row.job_id,
      // Retention may delete the job before the file.
      state: row.finished_at === null ? (row.job_state ?? 'failed') : 'completed',
      percentComplete: row.finished_at === null ? (row.percent_complete ?? 0) : 100,
      bbox: [...box],
      ...spec,
      tiles: row.tiles ?? row.most_tiles,
      fileSize: row.file_size,
      fileName: packFileName({ box, kind: spec.kind }),
      creatorEmail: row.creator,
      createdAt: row.created_at.getTime(),
      expiresAt: row.expires_at?.getTime() ?? null,
    }
  })
}

/** What the job of an export works on; null when the export was deleted. */
export async function exportToMake(db: Db, id: string): Promise<{ accountId: number; spec: PackSpec } | null> {
  const row = await db.selectFrom('export').select(['account_id', 'spec']).where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : { accountId: row.account_id, spec: row.spec as PackSpec }
}

/** Records the finished file. @returns false when the export was deleted meanwhile. */
export async function finishExport(
  trx: Db,
  id: string,
  file: { tiles: number; fileSize: number; finishedAt: Date; expiresAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('export')
    .set({ tiles: file.tiles, file_size: file.fileSize, finished_at: file.finishedAt, expires_at: file.expiresAt })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function deleteExportRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('export').where('id', '=', id).execute()
}

/** Ids of the exports whose files are due to be removed. */
export async function expiredExports(db: Db, now: Date): Promise<string[]> {
  // Index export_due.
  const rows = await db.selectFrom('export').select('id').where('expires_at', '<=', now).limit(100).execute()
  return rows.map(({ id }) => id)
}
