import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { DatasetListing, SetCertificate } from '#s100/exchange-catalogue.ts'

/** A file of a cell in an upload of the account: a row of `upload_file`. */
export interface StoredCellFile {
  id: number
  upload: number
  blobKey: string
  role: 'cell' | 'signature'
  name: string
  /** Folder in the zip. */
  folder: string
  number: number
  bytes: number
  /** Where it lies in the zip; null for a file that is a blob of its own. */
  place: { offset: number; packedBytes: number; method: number; crc: number } | null
  /** CRC-32 of the plain file according to CATALOG.031; null when it is not listed. */
  listedCrc: number | null
  /** What the CATALOG.XML of its S-100 exchange set says about it; null when it is not in one. */
  listing: DatasetListing | null
  /** Certificates of the upload's exchange sets. */
  certificates: readonly SetCertificate[]
}

interface StoredCellFileRow {
  id: number
  upload_id: number
  blob_key: string
  role: 'cell' | 'signature'
  name: string
  folder: string
  number: number
  byte_size: number
  zip_offset: number | null
  packed_size: number | null
  method: number | null
  crc: number | null
  listed_crc: number | null
  listing: DatasetListing | null
}

/**
 * The stored files of a cell of an account: those of uploads in which it was indexed or cancelled, and those of the `current`
 * upload. A file with which the cell failed must not affect later uploads. Uses upload_cell_name and upload_file_cell.
 */
export async function findStoredCellFiles(
  db: Db,
  accountId: number,
  cell: string,
  current: number | null,
): Promise<StoredCellFile[]> {
  const result = await sql<StoredCellFileRow>`
    select file.id, file.upload_id, upload.blob_key, file.role, file.name, file.folder, file.number, file.byte_size, file.zip_offset,
      file.packed_size, file.method, file.crc, file.listed_crc, file.listing
    from upload_cell part
    join upload on upload.id = part.upload_id and upload.deleted_at is null
    join upload_file file on file.upload_id = part.upload_id and file.cell_name = part.name
    where part.account_id = ${accountId} and part.name = ${cell}
      and (part.state in ('indexed', 'cancelled') or part.upload_id = ${current}::bigint)
    order by file.upload_id, file.id
  `.execute(db)
  const listedIn = result.rows.filter(({ listing }) => listing !== null).map((row) => row.upload_id)
  const certificates = await certificatesOf(db, [...new Set(listedIn)])
  return result.rows.map((row) => ({
    id: row.id,
    upload: row.upload_id,
    blobKey: row.blob_key,
    role: row.role,
    name: row.name,
    folder: row.folder,
    number: row.number,
    bytes: row.byte_size,
    place:
      row.zip_offset === null
        ? null
        : { offset: row.zip_offset, packedBytes: row.packed_size ?? 0, method: row.method ?? 0, crc: row.crc ?? 0 },
    listedCrc: row.listed_crc,
    listing: row.listing,
    certificates: row.listing === null ? none : (certificates.get(row.upload_id) ?? none),
  }))
}

/** Certificates of the exchange sets of uploads, once for all their files. */
async function certificatesOf(db: Db, uploads: readonly number[]): Promise<Map<number, readonly SetCertificate[]>> {
  if (uploads.length === 0) return new Map()
  // by the primary key
  const { rows } = await sql<{ id: number; certificates: SetCertificate[] | null }>`
    select id, certificates from upload where id = any(${uploads}::bigint[])
  `.execute(db)
  return new Map(rows.map(({ id, certificates }) => [id, certificates ?? none]))
}

const none: readonly SetCertificate[] = []

/** Serialises work on one cell of one account until the end of the transaction. */
export async function lockCell(trx: Db, accountId: number, cell: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cell/${accountId}/${cell}`}, 0))`.execute(trx)
}
