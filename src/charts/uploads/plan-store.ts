import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

// What an upload holds, as planned by its job: the rows of `upload_cell` and `upload_file`.

export interface PlannedFile {
  role: 'cell' | 'signature' | 'text'
  cell: string | null
  number: number | null
  name: string
  folder: string
  bytes: number
  /** Null for a file that is a blob of its own. */
  place: { offset: number; packedBytes: number; method: number; crc: number } | null
  listedCrc: number | null
}

export interface PlannedCell {
  name: string
  title: string | null
  bytes: number
}

export interface UploadPlan {
  cells: PlannedCell[]
  files: PlannedFile[]
}

const CHUNK = 2_000

/** Stores the plan in place of one that an interrupted run may have left. */
export async function storePlan(trx: Db, upload: { id: number; accountId: number }, plan: UploadPlan): Promise<void> {
  await trx.deleteFrom('upload_file').where('upload_id', '=', upload.id).execute()
  await trx.deleteFrom('upload_cell').where('upload_id', '=', upload.id).execute()
  for (let at = 0; at < plan.cells.length; at += CHUNK) {
    const rows = plan.cells.slice(at, at + CHUNK)
    await sql`
      insert into upload_cell (upload_id, account_id, name, title, byte_size)
      select ${upload.id}, ${upload.accountId}, name, title, bytes
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as planned (name text, title text, bytes bigint)
    `.execute(trx)
  }
  for (let at = 0; at < plan.files.length; at += CHUNK) {
    const rows = plan.files
      .slice(at, at + CHUNK)
      .map(({ place, listedCrc, ...file }) => ({ ...file, ...place, listed_crc: listedCrc }))
    await sql`
      insert into upload_file (upload_id, role, cell_name, number, name, folder, byte_size, zip_offset, packed_size, method, crc, listed_crc)
      select ${upload.id}, role, cell, number, name, folder, bytes, "offset", "packedBytes", method, crc, listed_crc
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as planned (role text, cell text, number int, name text, folder text,
        bytes bigint, "offset" bigint, "packedBytes" bigint, method smallint, crc bigint, listed_crc bigint)
    `.execute(trx)
  }
}

/** The cells of an upload that are still to be read, with the size of their files, by name. */
export async function pendingCells(db: Db, uploadId: number): Promise<{ name: string; bytes: number }[]> {
  return await db
    .selectFrom('upload_cell')
    .select(['name', 'byte_size as bytes'])
    .where('upload_id', '=', uploadId)
    .where('state', 'not in', ['indexed', 'cancelled'])
    .orderBy('name')
    .execute()
}

/** Which of these cells of an upload are still to be read. */
export async function stillPending(db: Db, uploadId: number, names: readonly string[]): Promise<string[]> {
  const result = await sql<{ name: string }>`
    select name from upload_cell where upload_id = ${uploadId} and name = any(${names}::text[])
      and state not in ('indexed', 'cancelled') order by name
  `.execute(db)
  return result.rows.map((row) => row.name)
}

/** Every cell of an upload, also of one that is being deleted. */
export async function cellNames(db: Db, uploadId: number): Promise<string[]> {
  const rows = await db.selectFrom('upload_cell').select('name').where('upload_id', '=', uploadId).orderBy('name').execute()
  return rows.map((row) => row.name)
}
