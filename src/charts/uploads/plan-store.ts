import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { chunks } from '#lib/chunks.ts'
import type { DatasetListing, SetCertificate } from '#s100/exchange-catalogue.ts'

// The contents of an upload as its job planned them: the rows of `upload_cell` and `upload_file`.

/** A row of `upload_file` to insert. */
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
  /** What the CATALOG.XML of its S-100 exchange set says about it; null when it is not in one. */
  listing: DatasetListing | null
}

/** A row of `upload_cell` to insert; `bytes` is the size of its files. */
export interface PlannedCell {
  name: string
  title: string | null
  bytes: number
  /** The S-57 cell that is the same chart, for a cell of S-101; null when none is known. */
  twin: string | null
}

export interface UploadPlan {
  cells: PlannedCell[]
  files: PlannedFile[]
  /** Certificates of its S-100 exchange sets. */
  certificates: SetCertificate[]
}

/** Rows per statement. */
const CHUNK = 2_000

/** Stores the plan of an upload; replaces the plan of an interrupted run. */
export async function storePlan(trx: Db, upload: { id: number; accountId: number }, plan: UploadPlan): Promise<void> {
  await trx.deleteFrom('upload_file').where('upload_id', '=', upload.id).execute()
  await trx.deleteFrom('upload_cell').where('upload_id', '=', upload.id).execute()
  const certificates = plan.certificates.length === 0 ? null : JSON.stringify(plan.certificates)
  await sql`update upload set certificates = ${certificates}::jsonb where id = ${upload.id}`.execute(trx)
  for (const rows of chunks(plan.cells, CHUNK)) {
    await sql`
      insert into upload_cell (upload_id, account_id, name, title, byte_size, twin)
      select ${upload.id}, ${upload.accountId}, name, title, bytes, twin
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as planned (name text, title text, bytes bigint, twin text)
    `.execute(trx)
  }
  for (const files of chunks(plan.files, CHUNK)) {
    const rows = files.map(({ place, listedCrc, ...file }) => ({ ...file, ...place, listed_crc: listedCrc }))
    await sql`
      insert into upload_file (upload_id, role, cell_name, number, name, folder, byte_size, zip_offset, packed_size, method, crc, listed_crc,
        listing)
      select ${upload.id}, role, cell, number, name, folder, bytes, "offset", "packedBytes", method, crc, listed_crc, listing
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as planned (role text, cell text, number int, name text, folder text,
        bytes bigint, "offset" bigint, "packedBytes" bigint, method smallint, crc bigint, listed_crc bigint, listing jsonb)
    `.execute(trx)
  }
}

/** The cells of an upload that are not indexed yet, with the size of their files, by name. */
export async function pendingCells(db: Db, uploadId: number): Promise<{ name: string; bytes: number }[]> {
  return await db
    .selectFrom('upload_cell')
    .select(['name', 'byte_size as bytes'])
    .where('upload_id', '=', uploadId)
    .where('state', 'not in', ['indexed', 'cancelled'])
    .orderBy('name')
    .execute()
}

/** Those of the named cells of an upload that are not indexed yet. */
export async function stillPending(db: Db, uploadId: number, names: readonly string[]): Promise<string[]> {
  const result = await sql<{ name: string }>`
    select name from upload_cell where upload_id = ${uploadId} and name = any(${names}::text[])
      and state not in ('indexed', 'cancelled') order by name
  `.execute(db)
  return result.rows.map((row) => row.name)
}

/** Names of all cells of an upload, also of one that is being deleted. */
export async function cellNames(db: Db, uploadId: number): Promise<string[]> {
  const rows = await db.selectFrom('upload_cell').select('name').where('upload_id', '=', uploadId).orderBy('name').execute()
  return rows.map((row) => row.name)
}
