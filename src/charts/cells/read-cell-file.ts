import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { CellFileEntry } from '#db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { fileKey, referencedName } from '#s57/referenced-files.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { nearness } from '../zip/nearness.ts'
import { openZip } from '../zip/open-zip.ts'
import { readStoredFile } from '../zip/read-stored-file.ts'
import { CELL_ZIP_LIMITS } from '../zip/zip-limits.ts'

/** A text or picture, whole. */
export interface CellFileContent {
  name: string
  bytes: Buffer
}

/** Largest text or picture served: each is read into memory. */
const MOST_BYTES = 32 * 1024 * 1024

interface StoredFileRow {
  blob_key: string
  byte_size: number
  zip_offset: number | null
  packed_size: number | null
  method: number | null
  crc: number | null
}

/**
 * Reads a text or picture that a feature of a cell names (TXTDSC, PICREP), from the upload or zip that it came with. Serves only
 * files that the cell's row lists, whatever path the name spells. The account's cell hides a public one of the same name.
 *
 * @returns null when the account sees no such cell, or the cell has no such file.
 * @throws AppError CHART_UNREADABLE (503) when this machine cannot read it now.
 */
export async function readCellFile(
  db: Db,
  storage: BlobStore,
  accountId: number,
  cell: string,
  file: string,
): Promise<CellFileContent | null> {
  const name = fileKey(referencedName(file) ?? '')
  const rows = await sql<{ files: CellFileEntry[]; blob_key: string; account_id: number | null }>`
    select files, blob_key, account_id from cell where name = ${cell.toUpperCase()} and (account_id is null or account_id = ${accountId})
    order by account_id nulls last
  `.execute(db)
  const row = rows.rows[0]
  const entry = row?.files.find((each) => each.name === name)
  if (row === undefined || entry === undefined) return null
  try {
    if (entry.file === null) return await fromPublicZip(storage, row.blob_key, name)
    return await fromUpload(db, storage, entry)
  } catch (error) {
    if (!isMachineFault(error)) throw error
    throw new AppError('CHART_UNREADABLE', `The file ${name} cannot be read right now. Try again soon.`, { cause: error })
  }
}

async function fromUpload(db: Db, storage: BlobStore, entry: CellFileEntry): Promise<CellFileContent | null> {
  const found = await sql<StoredFileRow>`
    select upload.blob_key, file.byte_size, file.zip_offset, file.packed_size, file.method, file.crc
    from upload_file file join upload on upload.id = file.upload_id where file.id = ${entry.file}
  `.execute(db)
  const row = found.rows[0]
  if (row === undefined || row.byte_size > MOST_BYTES) return null
  const place =
    row.zip_offset === null
      ? null
      : { offset: row.zip_offset, packedBytes: row.packed_size ?? 0, method: row.method ?? 0, crc: row.crc ?? 0 }
  const bytes = await storage.withFile(row.blob_key, async (path) =>
    readStoredFile({ path, name: entry.name, bytes: row.byte_size, place }),
  )
  return { name: entry.name, bytes }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The zip of a public cell has no rows of its own, so its list of contents tells where the file is. */
async function fromPublicZip(storage: BlobStore, blobKey: string, name: string): Promise<CellFileContent | null> {
  return await storage.withFile(blobKey, async (path) => {
    const zip = await openZip(path, blobKey, CELL_ZIP_LIMITS)
    try {
      const base = zip.members.find((each) => each.path.endsWith('.000'))
      const near = (path: string) => nearness(folderOf(path), folderOf(base?.path ?? ''))
      const named = zip.members.filter((each) => each.fault === null && fileKey(each.path.split('/').at(-1) ?? '') === name)
      const [entry] = named.toSorted((a, b) => (near(a.path) < near(b.path) ? 1 : -1))
      return entry === undefined || entry.bytes > MOST_BYTES ? null : { name, bytes: zip.read(entry) }
    } finally {
      zip.close()
    }
  })
}
