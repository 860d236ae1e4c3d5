import type { CopiedTable } from '#db/copy/table-list.ts'

// The names of the entries of a backup, a tar file. docs/backup.md describes them.

/** Increases when an earlier Chartroom cannot restore the file. */
export const BACKUP_FORMAT = 1
export const HEADER_ENTRY = 'chartroom-backup.json'
export const TABLE_FOLDER = 'tables/'
export const KEY_ENTRY = 'secret-key.json'
export const BLOB_FOLDER = 'blobs/'
export const MANIFEST_ENTRY = 'manifest.jsonl'

/** The first entry. */
export interface BackupHeader {
  format: number
  id: string
  createdAt: string
  version: string
  migrations: string[]
  tables: CopiedTable[]
}

/** A line of the manifest, which is the last entry: what one of the entries before it must be. */
export interface ManifestLine {
  name: string
  bytes: number
  sha256: string
}

/** The file is not a backup that this version can read, or it is damaged. */
export class BackupFileError extends Error {
  override readonly name = 'BackupFileError'
}
